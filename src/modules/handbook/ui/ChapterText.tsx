import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import type { Part } from '../contract.ts'

/** What a chapter will say, before it is printed. */
export function ChapterText({ orgId, period, chapter }: { orgId: string; period: string; chapter: string }) {
  const { data, error, refetch } = useRead('handbook.chapter', { orgId, period, key: chapter })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={4} />
  return (
    <div className="book-text">
      {data.blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is read in its order and never changes in place
        <Block key={i} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { block: Part }) {
  if (block.kind === 'heading') return block.level <= 1 ? <h3>{block.text}</h3> : <h4>{block.text}</h4>
  if (block.kind === 'text')
    return (
      <p>
        {block.label && <b>{block.label}：</b>}
        {block.text}
      </p>
    )
  if (block.kind === 'table')
    return (
      <div className="list-scroll">
        <table className="table" aria-label={block.title}>
          {block.title && <caption className="strong">{block.title}</caption>}
          <thead>
            <tr>
              {block.heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id of their own and stay in their order
              <tr key={i}>
                {row.map((cell, column) => (
                  <td key={block.heads[column]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  return null
}
