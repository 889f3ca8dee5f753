import { App } from 'antd'
import { type FormEvent, useState } from 'react'
import { useAddress } from '#web/address.ts'
import { ApiError, useCommand, useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { NumberLine, numberOf } from '#web/parts/NumberLine.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import type { Election } from './Procedure.tsx'
import './elections.css'

/** Where 监票人 and 计票人 type what they counted, each by themselves. */
export function CountPage() {
  const [{ open }] = useAddress<{ open?: string }>()
  const { data, error, refetch } = useRead('elections.get', { id: open ?? '' }, { enabled: Boolean(open) })
  if (!open) return <Empty why="没有等你录入的计票" />
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  return <Counting key={`${data.id}${data.rounds.length}`} e={data} />
}

type Field = 'inFavour' | 'against' | 'abstained'
const FIELDS: Record<Field, string> = { inFavour: '赞成', against: '反对', abstained: '弃权' }
const SAID = { waiting: '已存入，等另一人录入', different: '两人录入不一致，请对照选票核对', settled: '两人录入一致，计票完成' }

function Counting({ e }: { e: Election }) {
  const { message } = App.useApp()
  const command = useCommand('elections.count')
  const round = e.rounds.at(-1)
  const [returned, setReturned] = useState(String(round?.returned ?? round?.issued ?? ''))
  const [bad, setBad] = useState(String(round?.invalid ?? 0))
  const [votes, setVotes] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      (round?.votes ?? []).flatMap((v) => (Object.keys(FIELDS) as Field[]).map((f) => [`${v.personId}${f}`, String(v[f])])),
    ),
  )
  const [missing, setMissing] = useState<string | null>(null)
  if (!round || !e.can.count)
    return (
      <>
        <PageTitle conclusion={e.state === 'voting' ? '这一轮已经计完' : '计票已经完成'} note={e.orgName} />
        <Empty done why="没有等你录入的票数" />
      </>
    )
  const send = (event: FormEvent) => {
    event.preventDefault()
    const rows = round.candidates.map(({ personId }) => ({
      personId,
      inFavour: numberOf(votes[`${personId}inFavour`] ?? ''),
      against: numberOf(votes[`${personId}against`] ?? '') ?? 0,
      abstained: numberOf(votes[`${personId}abstained`] ?? '') ?? 0,
    }))
    const [back, spoilt] = [numberOf(returned), numberOf(bad)]
    const blank = back === null || spoilt === null || rows.some(({ inFavour }) => inFavour === null)
    setMissing(blank ? '请填收回的张数、废票和每名候选人的赞成票' : null)
    if (blank || command.isPending) return
    const input = { id: e.id, round: round.n, version: round.version, returned: back, invalid: spoilt, votes: rows as never }
    command.mutate(input, { onSuccess: ({ state }) => void message.info(SAID[state]) })
  }
  const problems = command.error instanceof ApiError ? command.error.fields : undefined
  return (
    <>
      <PageTitle
        conclusion={round.typed.length > 0 && round.votes.length > 0 ? '已存入，还可以改' : `第 ${round.n} 轮计票：选 ${round.seats} 名`}
        note={`${e.orgName}，发出选票 ${round.issued} 张。请只按自己数的填，另一人看不到你填的`}
      />
      <form className="stack narrow" onSubmit={send}>
        {round.different && (
          <p className="note zhe" role="alert">
            两人录入不一致，请对照选票核对后改正。
          </p>
        )}
        <section className="card election-sums">
          <NumberLine label="收回选票（张）" value={returned} onChange={setReturned} problem={problems?.returned?.[0]} />
          <NumberLine label="其中废票（张）" value={bad} onChange={setBad} problem={problems?.invalid?.[0]} />
        </section>
        {round.candidates.map(({ personId, name }) => (
          <fieldset key={personId} className="card election-votes">
            <legend className="hidden-text">{name}</legend>
            <p className="strong" aria-hidden="true">
              {name}
            </p>
            {(Object.keys(FIELDS) as Field[]).map((field) => (
              <NumberLine
                key={field}
                label={FIELDS[field]}
                value={votes[personId + field] ?? ''}
                onChange={(value) => setVotes({ ...votes, [personId + field]: value })}
              />
            ))}
          </fieldset>
        ))}
        {missing && (
          <p className="note hu" role="alert">
            {missing}
          </p>
        )}
        {command.error && <ErrorCard error={command.error} />}
        <button type="submit" className="button primary" aria-disabled={command.isPending || undefined}>
          存入我数的票
        </button>
      </form>
    </>
  )
}
