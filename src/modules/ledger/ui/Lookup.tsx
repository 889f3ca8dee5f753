import { type FormEvent, useState } from 'react'
import { useAddress } from '#web/address.ts'
import { FactCard } from './FactCard.tsx'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Finds one fact by its number or id; the address keeps it, so that a proof can be handed on. */
export function Lookup() {
  const [{ fact = '' }, change] = useAddress<{ fact?: string | number }>()
  const sought = String(fact)
  const [text, setText] = useState(sought)
  const [problem, setProblem] = useState<string>()
  const look = (event: FormEvent) => {
    event.preventDefault()
    const given = text.trim().replaceAll(',', '')
    const known = given === '' || inputOf(given) !== undefined
    setProblem(known ? undefined : '请填实绩编号（一个整数）或 36 位的实绩 id')
    if (known) change({ fact: given || undefined })
  }
  const input = inputOf(sought)
  return (
    <section className="card">
      <header>
        <h2>查一条实绩</h2>
        <span className="small t3">在这台机器上验算，不用相信服务器</span>
      </header>
      <form className="ledger-look" onSubmit={look}>
        <label className="hidden-text" htmlFor="fact">
          实绩编号
        </label>
        <input
          id="fact"
          className="text"
          placeholder="实绩编号，如 128"
          value={text}
          aria-invalid={problem ? true : undefined}
          aria-describedby="fact-problem"
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button">
          查这一条
        </button>
        <p id="fact-problem" className="problem" role="status">
          {problem}
        </p>
      </form>
      {input && <FactCard key={sought} input={input} />}
    </section>
  )
}

function inputOf(text: string): { n: number } | { id: string } | undefined {
  if (ID.test(text)) return { id: text.toLowerCase() }
  const n = Number(text)
  return /^\d{1,15}$/.test(text) && n > 0 ? { n } : undefined
}
