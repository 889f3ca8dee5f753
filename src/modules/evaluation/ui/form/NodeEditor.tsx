import { useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { changed, listChanged, moved, type Path, partAt } from './change.ts'
import { Fields } from './Fields.tsx'
import { NEW_RULES } from './kinds.ts'
import { RuleEditor } from './RuleEditor.tsx'
import { type MeasureChoice, SourceEditor } from './SourceEditor.tsx'
import { NODE_FIELDS } from './wholeFields.ts'

interface Props {
  content: any
  at: Path
  onChange: (content: any) => void
  onMove: (at: Path | null) => void
  measures: readonly MeasureChoice[]
}

/** A dimension or an indicator: its name, marks, source and rules. */
export function NodeEditor({ content, at, onChange, onMove, measures }: Props) {
  const node = partAt(content, at)
  const set = (key: string, to: unknown) => onChange(changed(content, [...at, key], to))
  const list = at.slice(0, -1)
  const index = at.at(-1) as number
  const grades: string[] = (content.grades?.bands ?? []).map((b: any) => b.name)
  const move = (by: number) => {
    const length = partAt(content, list).length
    if (index + by < 0 || index + by >= length) return
    onChange(listChanged(content, list, (l) => moved(l, index, by)))
    onMove([...list, index + by])
  }
  return (
    <div className="stack">
      <div className="ev-fields">
        <TextLine label="名称" value={node.name} onChange={(to) => set('name', to)} max={200} />
        <MaxField value={node.max ?? ''} onChange={(to) => set('max', to)} />
        <TextLine label="考核部门" value={node.assessedBy ?? ''} onChange={(to) => set('assessedBy', to)} max={200} />
        {!node.items && (
          <Choice
            label="看过程还是结果"
            value={node.looksAt ?? ''}
            options={{ '': '不写', process: '过程', outcome: '结果' }}
            onChange={(to) => set('looksAt', to)}
          />
        )}
      </div>
      <Fields
        fields={node.items ? NODE_FIELDS.slice(0, 1) : NODE_FIELDS}
        value={node}
        onChange={(to) => onChange(changed(content, at, to))}
        grades={grades}
      />
      {node.items ? (
        <Children content={content} at={at} onChange={onChange} onMove={onMove} />
      ) : (
        <>
          <SourceEditor label="数据来源" value={node.source} measures={measures} onChange={(to) => set('source', to)} />
          {(node.rules ?? []).map((rule: any, i: number) => (
            <RuleEditor
              // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own
              key={i}
              position={i + 1}
              value={rule}
              several={node.rules.length > 1}
              measures={measures}
              grades={grades}
              onChange={(to) => onChange(changed(content, [...at, 'rules', i], to))}
              onRemove={() => onChange(listChanged(content, [...at, 'rules'], (l) => l.filter((_, j) => j !== i)))}
            />
          ))}
          <button
            type="button"
            className="button small"
            onClick={() => onChange(listChanged(content, [...at, 'rules'], (l) => [...l, NEW_RULES.deduct]))}
          >
            加一条计分规则
          </button>
        </>
      )}
      <TextLine label="制度原文或说明（给被考核人看）" value={node.note ?? ''} onChange={(to) => set('note', to)} max={1000} />
      <div className="row wrap">
        <button type="button" className="button small" onClick={() => move(-1)}>
          上移
        </button>
        <button type="button" className="button small" onClick={() => move(1)}>
          下移
        </button>
        <button
          type="button"
          className="button small danger"
          onClick={() => {
            onMove(null)
            onChange(listChanged(content, list, (l) => l.filter((_, i) => i !== index)))
          }}
        >
          去掉「{node.name}」
        </button>
      </div>
    </div>
  )
}

function Children({ content, at, onChange, onMove }: Omit<Props, 'measures'>) {
  const items: any[] = partAt(content, [...at, 'items']) ?? []
  return (
    <div className="ev-part">
      <p className="small t2">下级 {items.length} 项</p>
      <ul className="plain-links">
        {items.map((item, i) => (
          <li key={item.name}>
            <button type="button" className="link" onClick={() => onMove([...at, 'items', i])}>
              {item.name}
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button small"
        onClick={() => {
          onChange(listChanged(content, [...at, 'items'], (l) => [...l, newItem(l)]))
          onMove([...at, 'items', items.length])
        }}
      >
        加一项指标
      </button>
    </div>
  )
}

/** An indicator as it is begun, under a name that its level does not have yet. */
export const newItem = (beside: { name: string }[]) => {
  const names = new Set(beside.map((b) => b.name))
  const name = ['新指标', ...Array.from({ length: 99 }, (_, i) => `新指标${i + 2}`)].find((n) => !names.has(n))!
  return { name, max: '1', source: { from: 'review', by: '考核组' }, rules: [{ kind: 'qualitative', gives: { least: '0', most: '1' } }] }
}

/** Full marks, as a number and as a slider: the trial follows the hand. */
function MaxField({ value, onChange }: { value: string; onChange: (to: string) => void }) {
  const number = Number(value)
  const isNumber = value !== '' && Number.isFinite(number)
  // The scale stays while the hand moves.
  const [most] = useState(Math.max(10, Math.ceil(number * 2) || 0))
  return (
    <div>
      <TextLine label="分值" value={value} onChange={onChange} max={12} hint="百分之外的不写；没有公布的写 unknown" />
      {isNumber && (
        <input
          type="range"
          className="ev-slider"
          aria-label="拖动改分值"
          min={0}
          max={most}
          step={0.5}
          value={number}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </div>
  )
}
