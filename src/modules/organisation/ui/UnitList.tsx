import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { countText, dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { UnitForm, type UnitStep } from './UnitForm.tsx'

export type UnitNode = Api['organisation.unitTree']['output']['items'][number]

/** The administrative units as on a day, each with the Party organisations that cover it. */
export function UnitList({ on, manages }: { on: string | undefined; manages: boolean }) {
  const { data, error, refetch } = useRead('organisation.unitTree', on ? { on } : {})
  const [open, setOpen] = useState<string | null>(null)
  const [doing, setDoing] = useState<{ step: UnitStep; unit: UnitNode | null } | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  const lines = linesOf(data.items)
  return (
    <>
      {manages && !on && (
        <div className="list-tools">
          <button type="button" className="button small" onClick={() => setDoing({ step: 'found', unit: null })}>
            设立行政单位
          </button>
        </div>
      )}
      {lines.length === 0 ? (
        <Empty why="还没有登记行政单位" later="导入组织信息表时，“所在单位”一列会建立行政单位；也可以在这里逐个设立。" />
      ) : (
        <div className="list-scroll">
          <ul className="unit-list" aria-label="行政单位">
            {lines.map(({ unit, depth }) => (
              <li key={unit.id} style={{ paddingInlineStart: `${20 + depth * 20}px` }}>
                <button
                  type="button"
                  className="row-open"
                  aria-expanded={open === unit.id}
                  onClick={() => setOpen(open === unit.id ? null : unit.id)}
                >
                  {unit.name}
                  {unit.independentLegalPerson && <span className="tag">独立法人</span>}
                  <small className="t3 org-line">{unit.orgs.map(({ name }) => name).join('、') || '没有党组织覆盖'}</small>
                </button>
                {open === unit.id && (
                  <div className="row wrap">
                    <span className="small t3">{dateText(unit.foundedOn)}设立</span>
                    {unit.can.manage &&
                      !unit.dissolvedOn &&
                      (Object.keys(STEPS) as (keyof typeof STEPS)[]).map((step) => (
                        <button
                          type="button"
                          key={step}
                          className={`button small ${step === 'dissolve' ? 'danger' : ''}`}
                          onClick={() => setDoing({ step, unit })}
                        >
                          {STEPS[step]}
                        </button>
                      ))}
                  </div>
                )}
              </li>
            ))}
          </ul>
          <p className="list-foot small t2">
            共 {countText(lines.length)} 个行政单位{data.truncated && '（只列出了一部分）'}
          </p>
        </div>
      )}
      {doing && <UnitForm {...doing} units={data.items} onClose={() => setDoing(null)} />}
    </>
  )
}

const STEPS = { rename: '改名', move: '调整隶属', cover: '由党组织覆盖', uncover: '不再覆盖', dissolve: '撤销' }

function linesOf(units: UnitNode[]): { unit: UnitNode; depth: number }[] {
  const below = Map.groupBy(units, ({ parentId }) => parentId)
  const walk = (unit: UnitNode, depth: number): { unit: UnitNode; depth: number }[] => [
    { unit, depth },
    ...(below.get(unit.id) ?? []).flatMap((child) => walk(child, depth + 1)),
  ]
  return (below.get(null) ?? []).flatMap((top) => walk(top, 0))
}
