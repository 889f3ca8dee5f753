import { type ReactNode, useId } from 'react'

/** What a control needs to belong to its label and to what is said beneath it. */
export interface Tied {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string
}

interface Props {
  label: string
  problem?: string | undefined
  hint?: ReactNode
  children: (tied: Tied) => ReactNode
}

/** The frame of a field: its label, the control, and beneath it what is wrong, or what helps. */
export function Labelled({ label, problem, hint, children }: Props) {
  const id = useId()
  const more = `${id}-more`
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': more })}
      <p id={more} className={problem ? 'problem' : 'hint'}>
        {problem ?? hint}
      </p>
    </div>
  )
}
