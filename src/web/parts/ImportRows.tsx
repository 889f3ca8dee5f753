import { useState } from 'react'
import { maskIdNumber } from '#kernel/idNumber.ts'
import type { Api } from '../../platform.ts'
import { downloadOf, type Name } from '../api.ts'
import { countText } from '../text.ts'
import { Icon } from './Icon.tsx'
import { Tabs } from './Tabs.tsx'

export type Result = Api['organisation.importOrgs']['output']

/** How many rows are new, changed, unchanged, warned about and wrong. */
export function ImportCounts({ result }: { result: Result }) {
  const cells: [string, number, string][] = [
    ['新增', result.new, 'song'],
    ['有变更', result.changed, 'dai'],
    ['没有变化', result.unchanged, ''],
    ['有提示，照常导入', result.warned, 'hu'],
    ['有错，先不导入', result.wrong, 'zhe'],
  ]
  return (
    <dl className="import-counts">
      {cells.map(([label, n, tone]) => (
        <div key={label}>
          <dd className={n > 0 ? tone : 't3'}>{countText(n)}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  )
}

/** The rows somebody has to look at: what is wrong, in which cell, and what to do. */
export function ImportRemarks({ result, problems, job }: { result: Result; problems: Name; job: string }) {
  const wrong = result.rows.filter(({ level }) => level === 'wrong')
  const warnings = result.rows.filter(({ level }) => level === 'warning')
  const [tab, setTab] = useState<'wrong' | 'warning'>(wrong.length > 0 || warnings.length === 0 ? 'wrong' : 'warning')
  const rows = tab === 'wrong' ? wrong : warnings
  const alike = alikeOf(rows)
  if (result.rows.length === 0) return null
  return (
    <>
      <div className="import-tabs">
        <div className="grow">
          <Tabs
            label="要看一眼的行"
            active={tab}
            onChange={setTab}
            tabs={[
              { key: 'wrong', label: '有错', count: rowsIn(wrong) },
              { key: 'warning', label: '提示', count: rowsIn(warnings) },
            ]}
          />
        </div>
        <a className="button small" href={downloadOf(problems, { jobId: job } as never)} download>
          <Icon name="download" size={15} /> 下载成表格逐行改
        </a>
      </div>
      <ul className="import-rows" aria-label={tab === 'wrong' ? '有错的行' : '有提示的行'}>
        {alike.slice(0, SHOWN).map(([row, ...others]) => (
          <li key={`${row.row}${row.column}${row.problem}`}>
            <span className="nowrap t2 small">
              第 {row.row} 行{row.column && ` ${row.column} 列`}
            </span>
            <span className="grow">
              <b className={row.level === 'wrong' ? 'zhe' : 'hu'}>{row.problem}</b>
              <span className="small t2">
                {row.value && <span className="mono import-value">{covered(row.value)}</span>}
                {row.remedy}
              </span>
              {others.length > 0 && (
                <details className="small t2">
                  <summary>另有 {countText(others.length)} 行一样</summary>第 {others.map((other) => other.row).join('、')} 行
                </details>
              )}
            </span>
          </li>
        ))}
      </ul>
      {alike.length > SHOWN && (
        <p className="small t3 inside">
          这里列出前 {SHOWN} 种，共 {countText(alike.length)} 种，全部在下载的表格里
        </p>
      )}
    </>
  )
}

const SHOWN = 200

type Row = Result['rows'][number]

/** Remarks that say the same of the same value stand together, in the order of the first of them. */
const alikeOf = (rows: readonly Row[]): [Row, ...Row[]][] =>
  [...Map.groupBy(rows, ({ column, value, problem }) => `${column}|${value}|${problem}`).values()] as [Row, ...Row[]][]

const rowsIn = (rows: Result['rows']) => new Set(rows.map(({ row }) => row)).size

/** Long numbers stay covered: whoever mends the row has the file. */
const covered = (value: string) => value.replace(/\d{11,}[\dXx]?/g, (number) => maskIdNumber(number))
