import { useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { dateText } from '#web/text.ts'
import { CORRECTION_REASONS, type CorrectionReason, ORG_KINDS, POSTS, type PostRole } from '../contract.ts'
import type { Org } from './OrgDetail.tsx'

type Item = { label: string; from: string; until?: string | null; role?: PostRole; name: string; send: (right: Right) => object }
interface Right {
  from: string
  until: string | null
  role: PostRole | null
  never: boolean
}

/** Puts right a date or post that was recorded wrongly. */
export function CorrectForm({ org, onClose, onDone }: { org: Org; onClose: () => void; onDone: () => void }) {
  const items = itemsOf(org)
  const [key, setKey] = useState('founding')
  const item = items[key]!
  const [from, setFrom] = useState<string | null>(item.from)
  const [until, setUntil] = useState<string | null>(null)
  const [role, setRole] = useState<PostRole | null>(null)
  const [never, setNever] = useState<'no' | 'yes'>('no')
  const [reason, setReason] = useState<CorrectionReason>('mistake')
  const choose = (next: string) => {
    const chosen = items[next]!
    setKey(next)
    setFrom(chosen.from)
    setUntil(chosen.until ?? null)
    setRole(chosen.role ?? null)
    setNever('no')
  }
  const input = () => {
    if (!from) return '请填日期'
    if (item.name === 'organisation.correctTerm' && !until) return '请填届满日期'
    return { reason, ...item.send({ from, until, role, never: never === 'yes' }) }
  }
  return (
    <PanelForm
      key={item.name}
      name={item.name as 'organisation.correctFounding'}
      open
      onClose={onClose}
      kicker={org.name}
      title="更正登记"
      note="只用于当时登记错了的；过去的应办事项和人数随之重算，原来的登记作为已撤回留在沿革里"
      input={input}
      submit="存入更正"
      done="已更正"
      onDone={onDone}
    >
      {(problems) => (
        <>
          <Choice
            label="更正什么"
            value={key}
            options={Object.fromEntries(Object.entries(items).map(([k, { label }]) => [k, label]))}
            onChange={choose}
          />
          {key !== 'founding' && (
            <Choice label="应当怎样" value={never} options={{ no: '改成下面填的', yes: '其实没有这回事，撤回' }} onChange={setNever} />
          )}
          {never === 'no' && (
            <>
              {role && <Choice label="职务应当是" value={role} options={POSTS} onChange={setRole} problem={problems['as.role']} />}
              <LabelledDate
                label="应当从哪一天起"
                value={from}
                onChange={setFrom}
                problem={problems.foundedOn ?? problems.on ?? problems.from ?? problems['as.from']}
              />
              {item.until !== undefined && (
                <LabelledDate
                  label={role ? '应当从哪一天起不再担任' : '应当哪一天届满'}
                  value={until}
                  onChange={setUntil}
                  problem={problems.until ?? problems['as.until']}
                  hint={role ? '空着表示现在还在任' : undefined}
                />
              )}
            </>
          )}
          <Choice label="为什么更正" value={reason} options={CORRECTION_REASONS} onChange={setReason} problem={problems.reason} />
        </>
      )}
    </PanelForm>
  )
}

function itemsOf(org: Org): Record<string, Item> {
  const own = { id: org.id, version: org.version }
  const change = (what: 'name' | 'place', was: string) => (right: Right) => ({
    ...own,
    what,
    from: was,
    on: right.never ? null : right.from,
  })
  return {
    founding: {
      label: `成立日期（${dateText(org.foundedOn)}）`,
      from: org.foundedOn,
      name: 'organisation.correctFounding',
      send: ({ from }) => ({ ...own, foundedOn: from }),
    },
    ...Object.fromEntries(
      org.names
        .slice(1)
        .map(({ from, name }) => [
          `n${from}`,
          { label: `更名：${name}（${from} 起）`, from, name: 'organisation.correctChange', send: change('name', from) },
        ]),
    ),
    ...Object.fromEntries(
      org.places.slice(1).map(({ from, kind, parentName }) => [
        `p${from}`,
        {
          label: `${ORG_KINDS[kind]}，隶属${parentName ?? '无'}（${from} 起）`,
          from,
          name: 'organisation.correctChange',
          send: change('place', from),
        },
      ]),
    ),
    ...Object.fromEntries(
      org.posts.map(({ id, version, role, name, from, until, fullTime }) => [
        id,
        {
          label: `${POSTS[role]} ${name}（${from} 至 ${until ?? '今'}）`,
          from,
          until,
          role,
          name: 'organisation.correctPost',
          send: (right) => ({
            id,
            version,
            as: right.never ? null : { role: right.role ?? role, from: right.from, until: right.until, fullTime },
          }),
        } satisfies Item,
      ]),
    ),
    ...Object.fromEntries(
      org.terms.map(({ from, until }) => [
        `t${from}`,
        {
          label: `任期 ${from} 至 ${until}`,
          from,
          until,
          name: 'organisation.correctTerm',
          send: (right) => ({
            orgId: org.id,
            term: { from, until: until! },
            as: right.never ? null : { from: right.from, until: right.until! },
          }),
        } satisfies Item,
      ]),
    ),
  }
}
