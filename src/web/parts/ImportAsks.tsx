import type { Api } from '../../platform.ts'
import { type Name, useRead } from '../api.ts'

interface Props {
  state: Name
  job: string
  chosen: Record<string, string>
  onChoose: (written: string, orgId: string) => void
}

/** Names in the file that could mean several organisations: a person says which, the program never guesses. */
export function ImportAsks({ state, job, chosen, onChoose }: Props) {
  const { data } = useRead(state, { jobId: job } as never)
  const asks = (data as Api['members.importState']['output'] | undefined)?.asks ?? []
  return asks.map(({ written, rows, proposals }) => (
    <fieldset key={written} className="import-ask">
      <legend>
        「{written}」是哪个支部？<span className="t3 small">{rows} 行这样写</span>
      </legend>
      {proposals.map(({ id, name }) => (
        <button type="button" key={id} className="button small" aria-pressed={chosen[written] === id} onClick={() => onChoose(written, id)}>
          是{name}
        </button>
      ))}
    </fieldset>
  ))
}
