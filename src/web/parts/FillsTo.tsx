import { Icon } from './Icon.tsx'

export interface FillsGroup {
  title: string
  items: { name: string; state: 'filled' | 'missing' | 'later'; note?: string }[]
}

const STATES = {
  filled: { icon: 'tick', tone: 'song', word: '会填好' },
  missing: { icon: 'warning', tone: 'hu', word: '还缺内容' },
  later: { icon: 'clock', tone: 't3', word: '以后计入' },
} as const

/** 会填到哪里: what one record fills, so that nobody enters it twice. Stands to the right of a form and changes as one types. */
export function FillsTo({ groups }: { groups: FillsGroup[] }) {
  const count = groups.reduce((sum, { items }) => sum + items.filter(({ state }) => state === 'filled').length, 0)
  return (
    <div className="fills">
      <p className="fills-head">
        <b>1</b> 条记录 <Icon name="right" size={18} /> <b>{count}</b> 处自动填好
      </p>
      <p className="small t2">保存后不用再填下面任何一处。</p>
      {groups.map(({ title, items }) => (
        <section key={title}>
          <h3>
            {title}
            <span className="small t3">{items.length} 处</span>
          </h3>
          <ul>
            {items.map(({ name, state, note }) => (
              <li key={name}>
                <span className={STATES[state].tone}>
                  <Icon name={STATES[state].icon} size={15} />
                </span>
                <span className="grow">
                  {name}
                  <span className="hidden-text">，{STATES[state].word}</span>
                </span>
                {note && <span className={`tiny ${state === 'missing' ? 'hu strong' : 't3'}`}>{note}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
