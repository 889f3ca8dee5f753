import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { SendForm } from './SendForm.tsx'

/** In a member's file: the transfers so far, and the button to start one. Without the right to read them, nothing. */
export function MemberTransfers({ id }: { id: string }) {
  const [sending, setSending] = useState(false)
  const { data } = useRead('transfers.ofMember', { personId: id })
  const { data: member } = useRead('members.get', { personId: id })
  if (!data || (data.items.length === 0 && !data.from)) return null
  return (
    <section className="member-part">
      <h3>组织关系转接</h3>
      <ul>
        {data.items.map((t) => (
          <li key={t.id}>
            <span>
              {t.fromName} → {t.toName}：{t.says}
            </span>
            <Link to="/transfers" search={{ open: t.id } as never} className="small nowrap">
              去办理
            </Link>
          </li>
        ))}
      </ul>
      {data.from && member && (
        <button type="button" className="button small" onClick={() => setSending(true)}>
          开介绍信转出
        </button>
      )}
      {sending && data.from && member && (
        <SendForm
          org={{ id: data.from.orgId, name: data.from.orgName }}
          person={{ id, name: member.name }}
          onClose={() => setSending(false)}
        />
      )}
    </section>
  )
}
