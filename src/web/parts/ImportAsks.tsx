import type { Api } from '../../platform.ts'
import { type Name, useRead } from '../api.ts'
import { countText } from '../text.ts'

type Ask = Api['members.importState']['output']['asks'][number]
/** The chosen answer by the key of the question. */
export type Answers = Readonly<Record<string, string>>

interface Props {
  state: Name
  job: string
  answers: Answers
  onAnswer: (answers: Answers) => void
}

const KINDS: Record<Ask['kind'], { title: string; note: string }> = {
  org: { title: '支部名称没有写全，请认定', note: '没有认定的行先不导入' },
  unit: { title: '工作单位在行政机构里没有找到，请认定', note: '没有认定的，人照常导入，只是不登记在哪个单位工作' },
  post: { title: '党内职务要你确认', note: '任职决定一个人能办什么事，没有确认的不登记；以后也可以在组织架构里办' },
}

/** What the file leaves open: a person says which, the program never guesses. */
export function ImportAsks({ state, job, answers, onAnswer }: Props) {
  const { data } = useRead(state, { jobId: job } as never)
  const asks = (data as Api['members.importState']['output'] | undefined)?.asks ?? []
  return (Object.keys(KINDS) as Ask['kind'][]).map((kind) => {
    const mine = asks.filter((ask) => ask.kind === kind)
    return mine.length === 0 ? null : <AsksOfKind key={kind} kind={kind} asks={mine} answers={answers} onAnswer={onAnswer} />
  })
}

function AsksOfKind({ kind, asks, answers, onAnswer }: { kind: Ask['kind']; asks: Ask[] } & Pick<Props, 'answers' | 'onAnswer'>) {
  const { title, note } = KINDS[kind]
  const open = asks.filter(({ key, choices }) => answers[key] === undefined && choices.length > 0)
  const choose = (key: string, id: string) => {
    const { [key]: before, ...others } = answers
    onAnswer(before === id ? others : { ...answers, [key]: id })
  }
  return (
    <section className="import-asks" aria-label={title}>
      <header>
        <div className="grow">
          <h3>{title}</h3>
          <p className="small t2">
            {countText(asks.length)} 项，还有 {countText(open.length)} 项没有选定。{note}
          </p>
        </div>
        {kind === 'post' && open.length > 1 && (
          <button
            type="button"
            className="button small"
            onClick={() => onAnswer({ ...answers, ...Object.fromEntries(open.map(({ key, choices }) => [key, choices[0]!.id])) })}
          >
            {countText(open.length)} 项都按第一个选项登记
          </button>
        )}
      </header>
      <div className="import-asks-list">
        {asks.map(({ key, says, rows, choices }) => (
          <fieldset key={key} className="import-ask">
            <legend>
              {says}
              {rows > 1 && <span className="t3 small nowrap"> {countText(rows)} 行这样写</span>}
            </legend>
            {choices.map(({ id, name }) => (
              <button type="button" key={id} className="button small" aria-pressed={answers[key] === id} onClick={() => choose(key, id)}>
                {name}
              </button>
            ))}
          </fieldset>
        ))}
      </div>
    </section>
  )
}
