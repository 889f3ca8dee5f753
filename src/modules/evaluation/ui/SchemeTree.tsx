import { Icon } from '#web/parts/Icon.tsx'
import { listChanged, type Path } from './form/change.ts'
import { newItem } from './form/NodeEditor.tsx'
import type { Place } from './SchemePage.tsx'

interface Props {
  content: any
  chosen: Place
  onOpen: (place: Place) => void
  /** Absent where nothing may be changed. */
  onChange: ((content: any) => void) | undefined
}

const SHORT: Record<string, string> = {
  fact: '取数', duty: '取数', survey: '测评', review: '评分', import: '填报', external: '其他', composite: '合成', refused: '不取',
} // biome-ignore format: a table

/** 指标树: sheets, dimensions, indicators with the kind of their source and their marks; then what concerns the whole. */
export function SchemeTree({ content, chosen, onOpen, onChange }: Props) {
  const isOn = (place: Place) => JSON.stringify(place) === JSON.stringify(chosen)
  const button = (place: Place, text: React.ReactNode, className = '') => (
    <button
      type="button"
      className={`${isOn(place) ? 'on' : ''} ${className}`}
      aria-current={isOn(place) || undefined}
      onClick={() => onOpen(place)}
    >
      {text}
    </button>
  )
  const rows = (items: any[], at: Path, depth: number): React.ReactNode =>
    items.map((item, i) => {
      const here = [...at, i]
      return (
        <li key={item.name} className={item.items ? `dimension d${Math.min(depth, 2)}` : ''}>
          {button(
            here,
            <>
              {depth === 0 && <i style={{ background: `var(--c${(i % 6) + 1})` }} aria-hidden="true" />}
              <span className="grow ellipsis">{item.name}</span>
              {!item.items && <span className="tiny t3">{SHORT[item.source?.from] ?? ''}</span>}
              <span className="ev-max">{item.max === 'unknown' ? '未公布' : (item.max ?? '')}</span>
            </>,
          )}
          {item.items && <ul>{rows(item.items, [...here, 'items'], depth + 1)}</ul>}
        </li>
      )
    })
  return (
    <section className="card ev-tree ev-scheme-tree">
      <header>
        <h2>指标树</h2>
        <span className="small">
          满分 <b>{content.sheets.map((s: any) => (s.total === 'unknown' ? '未公布' : s.total)).join('、')}</b>
        </span>
      </header>
      <div className="ev-tree-body">
        <ul>
          <li>{button('basics', '基本规定')}</li>
          <li>{button('grades', `等次 ${content.grades?.bands.length ?? 0} 个`)}</li>
          <li>{button('eligibility', `资格与否决 ${content.eligibility?.length ?? 0} 条`)}</li>
          <li>{button('linkage', `结果运用 ${content.linkage?.length ?? 0} 条`)}</li>
        </ul>
        {content.sheets.map((sheet: any, s: number) => (
          <section key={sheet.key} aria-label={sheet.name}>
            <h3>
              <span className="grow">{sheet.name}</span>
            </h3>
            <ul>{rows(sheet.items, ['sheets', s, 'items'], 0)}</ul>
            {onChange && (
              <p className="ev-tree-add">
                <button
                  type="button"
                  className="button small"
                  onClick={() => {
                    onChange(listChanged(content, ['sheets', s, 'items'], (l) => [...l, newItem(l)]))
                    onOpen(['sheets', s, 'items', sheet.items.length])
                  }}
                >
                  <Icon name="plus" size={14} /> 加指标
                </button>
                <button
                  type="button"
                  className="button small"
                  onClick={() => {
                    onChange(
                      listChanged(content, ['sheets', s, 'items'], (l) => [
                        ...l,
                        { name: `新维度${l.length + 1}`, max: '10', items: [newItem([])] },
                      ]),
                    )
                    onOpen(['sheets', s, 'items', sheet.items.length])
                  }}
                >
                  <Icon name="plus" size={14} /> 加维度
                </button>
              </p>
            )}
          </section>
        ))}
      </div>
    </section>
  )
}
