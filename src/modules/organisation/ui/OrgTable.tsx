import { useMemo, useState } from 'react'
import { Icon } from '#web/parts/Icon.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { ORG_KINDS } from '../contract.ts'

export type Node = Api['organisation.tree']['output']['items'][number]
type Counts = Api['members.headcounts']['output']['items']

interface Props {
  nodes: Node[]
  counts: Counts | undefined
  open: string | undefined
  onOpen: (id: string) => void
  /** Only names, because the detail stands beside. */
  narrow: boolean
}

interface Line {
  node: Node
  depth: number
  /** Members here and below. */
  full: number
  probationary: number
}

const FOLDED_FROM = 60

/** The tree as a table: an arrow folds what is below. */
export function OrgTable({ nodes, counts, open, onOpen, narrow }: Props) {
  const lines = useMemo(() => linesOf(nodes, counts ?? []), [nodes, counts])
  const [folded, setFolded] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        nodes.length > FOLDED_FROM ? lines.filter(({ depth, node }) => depth > 0 && node.children > 0).map(({ node }) => node.id) : [],
      ),
  )
  const fold = (id: string) =>
    setFolded((before) => (before.has(id) ? new Set([...before].filter((f) => f !== id)) : new Set([...before, id])))
  const hidden = hiddenBelow(lines, folded)
  const phone = usePhone()
  const wide = !narrow && !phone
  return (
    <table className="table" aria-label="党组织">
      <thead>
        <tr>
          <th scope="col">名称</th>
          {wide && (
            <>
              <th scope="col">类别</th>
              {counts && (
                <th scope="col" className="right">
                  党员（含下级）
                </th>
              )}
              <th scope="col" className="org-founded">
                成立
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {lines
          .filter(({ node }) => !hidden.has(node.id))
          .map(({ node, depth, full, probationary }) => (
            <tr key={node.id} className={node.id === open ? 'open' : ''}>
              <td>
                <span className="org-name" style={{ paddingInlineStart: `${depth * (phone ? 14 : 20)}px` }}>
                  {node.children > 0 ? (
                    <button
                      type="button"
                      className="org-fold"
                      aria-expanded={!folded.has(node.id)}
                      aria-label={`${folded.has(node.id) ? '展开' : '收起'}${node.name}的下级`}
                      onClick={() => fold(node.id)}
                    >
                      <Icon name={folded.has(node.id) ? 'right' : 'down'} size={14} />
                    </button>
                  ) : (
                    <i className="org-fold" />
                  )}
                  <button type="button" className="row-open" aria-expanded={node.id === open} onClick={() => onOpen(node.id)}>
                    {node.name}
                    {phone && (
                      <small className="t3 org-line">
                        {ORG_KINDS[node.kind]}
                        {counts && full + probationary > 0 && ` · ${full + probationary} 人`}
                      </small>
                    )}
                  </button>
                </span>
              </td>
              {wide && (
                <>
                  <td className="nowrap">{ORG_KINDS[node.kind]}</td>
                  {counts && (
                    <td className="right nowrap">
                      {full + probationary === 0 ? (
                        <span className="t3">还没有名册</span>
                      ) : (
                        <>
                          {full + probationary} 人{probationary > 0 && <span className="t3 small">（预备 {probationary}）</span>}
                        </>
                      )}
                    </td>
                  )}
                  <td className="nowrap org-founded">{dateText(node.foundedOn)}</td>
                </>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  )
}

/** Superior before subordinates, each with its depth and the members of all below. */
function linesOf(nodes: Node[], counts: Counts): Line[] {
  const below = Map.groupBy(nodes, ({ parentId }) => parentId)
  const own = new Map(counts.map((count) => [count.orgId, count]))
  const walk = (node: Node, depth: number): Line[] => {
    const rest = (below.get(node.id) ?? []).flatMap((child) => walk(child, depth + 1))
    const children = rest.filter((line) => line.depth === depth + 1)
    const sum = (what: 'full' | 'probationary') => (own.get(node.id)?.[what] ?? 0) + children.reduce((total, line) => total + line[what], 0)
    return [{ node, depth, full: sum('full'), probationary: sum('probationary') }, ...rest]
  }
  return (below.get(null) ?? []).flatMap((top) => walk(top, 0))
}

function hiddenBelow(lines: Line[], folded: ReadonlySet<string>): Set<string> {
  const hidden = new Set<string>()
  for (const { node } of lines) if (node.parentId && (folded.has(node.parentId) || hidden.has(node.parentId))) hidden.add(node.id)
  return hidden
}
