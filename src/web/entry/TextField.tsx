import { type InputHTMLAttributes, useId, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> {
  label: string
  hint?: string
  problems?: string[] | undefined
}

/** One labelled line of text; what is wrong with it stands below and is read with it. A password can be shown. */
export function TextField({ label, hint, problems, type = 'text', ...input }: Props) {
  const id = useId()
  const [shown, setShown] = useState(false)
  const secret = type === 'password'
  const below = [hint && `${id}-hint`, problems && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="with-button">
        <input
          {...input}
          id={id}
          className="text"
          type={secret && shown ? 'text' : type}
          aria-invalid={problems ? true : undefined}
          aria-describedby={below || undefined}
        />
        {secret && (
          <button type="button" className="in-field" aria-pressed={shown} aria-label="显示密码" onClick={() => setShown(!shown)}>
            <Icon name="eye" size={18} />
          </button>
        )}
      </div>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problems && (
        <p className="problem" id={`${id}-problem`}>
          {problems.join('；')}
        </p>
      )}
    </div>
  )
}
