import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from '../parts/Icon.tsx'
import './form.css'

interface Props {
  busy: boolean
  problem: string | null
  button: string
  /** Called with the texts of the form's fields by their names. */
  onSend: (values: Record<string, string>) => void
  children: ReactNode
}

/** A short form with one button. What was refused is said above the button, and the first wrong field gets the focus. */
export function StepForm({ busy, problem, button, onSend, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const find = (selector: string) => form.current?.querySelector<HTMLInputElement>(selector)
    if (problem) (find('[aria-invalid=true]') ?? find('input'))?.focus()
  }, [problem])
  return (
    <form
      ref={form}
      className="step-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (busy) return
        onSend(Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])))
      }}
    >
      {children}
      {problem && (
        <div className="note zhe" role="alert">
          <Icon name="warning" />
          <p>{problem}</p>
        </div>
      )}
      <button type="submit" className="button primary large block" aria-disabled={busy || undefined}>
        {busy ? '请稍候…' : button}
      </button>
    </form>
  )
}
