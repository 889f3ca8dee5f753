import { useState } from 'react'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { holds, useSession } from '#web/session.ts'
import type { Api } from '../../../platform.ts'
import type { Path } from './form/change.ts'
import type { Place, SchemeData } from './SchemePage.tsx'
import { useLater } from './useLater.ts'

type Checked = Api['evaluation.checkScheme']['output']

/** Warnings that contradict the scheme's own sums or the regulations; the others are advice. */
const HARD = new Set(['weight-sum', 'band-gap', 'band-overlap', 'step-sum', 'deduct-exceeds', 'below-central', 'red-line', 'not-this-kind'])

/** Advice beyond this many is shown on request. */
const FEW = 5

const CODE_NAMES: Record<string, string> = {
  'weight-sum': '分值合计不对',
  'band-gap': '等次区间有缝隙',
  'band-overlap': '等次区间重叠',
  'step-sum': '步骤分合计大于分值',
  'deduct-exceeds': '扣分可能超过分值',
  'below-central': '低于中央规定',
  'not-this-kind': '这类组织不承担',
  unfed: '系统里还没有数据来源',
  'process-only': '只看过程，不看结果',
  'invites-gaming': '可能诱导瞒报',
  'low-coverage': '覆盖面太小',
  'no-spread': '去年没有拉开差距',
  'unknown-value': '有没公布的数字',
  'red-line': '触碰减负红线，不能发布',
}

interface Props {
  data: SchemeData
  content: any
  touched: boolean
  onOpen: (place: Place) => void
}

/** 指标体检: what is wrong or doubtful, where, and a proposal; it changes nothing by itself. */
export function HealthCard({ data, content, touched, onOpen }: Props) {
  const session = useSession()
  const can = holds(session, 'evaluation.manage')
  const input = touched && can ? { content, ...(data.orgId ? { orgId: data.orgId } : {}) } : null
  const { data: checked, error } = useLater<Checked>('evaluation.checkScheme', input, 600)
  const current = touched && checked ? checked : { warnings: data.warnings, errors: [] }
  const [all, setAll] = useState(false)
  const hard = current.warnings.filter((w) => HARD.has(w.code))
  const ordered = [...hard, ...current.warnings.filter((w) => !HARD.has(w.code))]
  const shown = all ? ordered : ordered.slice(0, Math.max(FEW, hard.length))
  return (
    <section className="card" aria-label="指标体检">
      <header>
        <h2>指标体检</h2>
        <span className="small">
          {current.errors.length > 0 && <b className="zhe">{current.errors.length} 处写法要改 </b>}
          {hard.length > 0 && <b className="zhe">{hard.length} 个要改 </b>}
          <span className="hu">{current.warnings.length - hard.length} 个建议</span>
        </span>
      </header>
      {error && <ErrorCard error={error} />}
      {current.warnings.length + current.errors.length === 0 ? (
        <p className="inside small song">体检没有发现问题。</p>
      ) : (
        <ul className="ev-lines ev-health">
          {current.errors.map((e) => (
            <li key={`${e.place} ${e.problem}`}>
              <b className="zhe">
                <Icon name="cross" size={14} /> {e.place}
              </b>
              <span className="small">
                {e.problem}。{e.remedy}
              </span>
            </li>
          ))}
          {shown.map((w) => (
            <li key={`${w.code} ${w.place} ${w.says}`}>
              <span className="row between">
                <b className={HARD.has(w.code) ? 'zhe' : 'hu'}>
                  <Icon name={HARD.has(w.code) ? 'warning' : 'info'} size={14} /> {CODE_NAMES[w.code] ?? w.code}
                </b>
                <Go place={placeNamed(content, w.place)} onOpen={onOpen} />
              </span>
              <span className="small">
                {w.place}：{w.says}
              </span>
              <span className="small t2">{w.remedy}</span>
            </li>
          ))}
        </ul>
      )}
      {ordered.length > shown.length && (
        <button type="button" className="link ev-more" onClick={() => setAll(true)}>
          看全部 {ordered.length} 条
        </button>
      )}
    </section>
  )
}

const Go = ({ place, onOpen }: { place: Place | null; onOpen: (place: Place) => void }) =>
  place && (
    <button type="button" className="link small" onClick={() => onOpen(place)}>
      去看
    </button>
  )

/** Finds the part a warning names: an item by its path of names, or the grades. */
function placeNamed(content: any, name: string): Place | null {
  if (name.startsWith('等次')) return 'grades'
  const names = name.split('/')
  for (const [s, sheet] of content.sheets.entries()) {
    const found = search(sheet.items, names[0] === sheet.key ? names.slice(1) : names, ['sheets', s, 'items'])
    if (found) return found
  }
  return null
}

function search(items: any[], [name, ...rest]: string[], at: Path): Path | null {
  const i = items.findIndex((item) => item.name === name)
  if (i < 0) return null
  const deeper = rest.length > 0 && items[i].items ? search(items[i].items, rest, [...at, i, 'items']) : null
  return deeper ?? [...at, i]
}
