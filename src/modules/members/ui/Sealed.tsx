import { useEffect, useId, useRef, useState } from 'react'
import { useCommand } from '#web/api.ts'

interface Props {
  label: string
  personId: string
  field: 'idNumber' | 'phone' | 'address'
  /** Its outline, or null when there is nothing to show. */
  masked: string | null
  can: boolean
}

/** A sealed field: masked until somebody who may gives a reason; each time is kept. Gone again when the file is closed. */
export function Sealed({ label, personId, field, masked, can }: Props) {
  const id = useId()
  const reveal = useCommand('members.reveal')
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const shown = useRef<HTMLSpanElement>(null)
  const value = reveal.data?.value
  // The field that had the focus is gone; what was asked for takes it.
  useEffect(() => {
    if (value) shown.current?.focus()
  }, [value])
  const send = () => {
    if (reason.trim().length < 2 || reveal.isPending) return
    reveal.mutate({ personId, field, reason }, { onSuccess: () => setAsking(false) })
  }
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {masked === null ? (
          <span className="t3">{can ? '未填' : '你的职务看不到'}</span>
        ) : (
          <span className="mono" ref={shown} tabIndex={-1}>
            {value ?? masked}
          </span>
        )}
        {can && masked !== null && !reveal.data && !asking && (
          <button type="button" className="button text small" aria-label={`查看${label}`} onClick={() => setAsking(true)}>
            查看
          </button>
        )}
        {asking && (
          <span className="field">
            <label htmlFor={id}>为什么要看（会记录在案）</label>
            <span className="row">
              <input
                id={id}
                className="text grow"
                value={reason}
                maxLength={200}
                placeholder="如：核对组织关系介绍信"
                onChange={(event) => setReason(event.target.value)}
                onKeyDown={(event) => event.key === 'Enter' && send()}
              />
              <button type="button" className="button small" aria-disabled={reason.trim().length < 2 || undefined} onClick={send}>
                查看{label}
              </button>
            </span>
            {reveal.error && <span className="problem">{reveal.error.message}</span>}
          </span>
        )}
      </dd>
    </>
  )
}
