import { type ReactNode, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Slot } from '#web/Slot.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { CORRECTION_REASONS, type CorrectionReason, ORG_KINDS, POSTS } from '../contract.ts'
import { AppointForm } from './AppointForm.tsx'
import { type Change, ChangeForm } from './ChangeForm.tsx'
import { CorrectForm } from './CorrectForm.tsx'
import { EndPostForm } from './EndPostForm.tsx'
import { TermForm } from './TermForm.tsx'

export type Org = Api['organisation.get']['output']
type Doing = Change | 'appoint' | 'term' | 'correct' | { end: Org['posts'][number] }

interface Props {
  id: string
  on: string | undefined
  /** After a change that may have moved it in the tree. */
  onMoved: () => void
}

/** What is known of one organisation: set-up, posts, term, units, and how it came to be what it is. */
export function OrgDetail({ id, on = today(), onMoved }: Props) {
  const { data: org, error, refetch } = useRead('organisation.get', { id })
  const [doing, setDoing] = useState<Doing | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!org) return <Skeleton lines={6} />
  const shut = () => setDoing(null)
  const now = org.posts.filter(({ from, until }) => from <= on && (until === null || until > on))
  const past = org.posts.filter((post) => !now.includes(post))
  return (
    <>
      <dl className="org-facts">
        {org.superiors.length > 0 && (
          <>
            <dt>上级</dt>
            <dd>{org.superiors.map(({ name }) => name).join(' › ')}</dd>
          </>
        )}
        <dt>类别</dt>
        <dd>{ORG_KINDS[org.kind]}</dd>
        <dt>成立</dt>
        <dd>{dateText(org.foundedOn)}</dd>
        {org.dissolvedOn && (
          <>
            <dt>{org.successor ? '并入' : '撤销'}</dt>
            <dd>
              {dateText(org.dissolvedOn)}起{org.successor ? `并入${org.successor.name}` : '不再存在'}
            </dd>
          </>
        )}
        {org.code && (
          <>
            <dt>代码</dt>
            <dd className="mono">{org.code}</dd>
          </>
        )}
        <dt>本届任期</dt>
        <dd>
          {termText(org, on)}
          {org.can.manage && !org.dissolvedOn && (
            <button type="button" className="button text small" onClick={() => setDoing('term')}>
              登记任期
            </button>
          )}
        </dd>
        {org.units.length > 0 && (
          <>
            <dt>覆盖单位</dt>
            <dd>
              {org.units
                .filter(({ until }) => until === null || until > on)
                .map(({ name }) => name)
                .join('、') || '已没有'}
            </dd>
          </>
        )}
      </dl>
      {!org.dissolvedOn && <Hints id={id} on={on} />}
      <Part
        title="现任"
        action={
          org.can.manage &&
          !org.dissolvedOn && (
            <button type="button" className="button small" onClick={() => setDoing('appoint')}>
              任职
            </button>
          )
        }
      >
        {now.length === 0 ? (
          <p className="small t3">还没有登记任职。任职决定谁能在系统里办这个组织的事。</p>
        ) : (
          <ul>
            {now.map((post) => (
              <li key={post.id}>
                <span>
                  {POSTS[post.role]} {post.name}
                  <span className="small t3"> {dateText(post.from)}起</span>
                </span>
                {org.can.manage && post.until === null && (
                  <button type="button" className="button text small" onClick={() => setDoing({ end: post })}>
                    免职
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Slot name="organisation" id={id} />
      <History org={org} past={past} />
      {org.can.manage && !org.dissolvedOn && (
        <div className="row wrap org-part">
          {(Object.keys(CHANGES) as Change[]).map((change) => (
            <button
              type="button"
              key={change}
              className={`button small ${change === 'dissolve' ? 'danger' : ''}`}
              onClick={() => setDoing(change)}
            >
              {CHANGES[change]}
            </button>
          ))}
        </div>
      )}
      {org.can.manage && (
        <button type="button" className="button text small" onClick={() => setDoing('correct')}>
          更正登记
        </button>
      )}
      {doing === 'correct' && <CorrectForm org={org} onClose={shut} onDone={onMoved} />}
      {doing === 'appoint' && <AppointForm org={org} onClose={shut} />}
      {doing === 'term' && <TermForm org={org} onClose={shut} />}
      {typeof doing === 'object' && doing && <EndPostForm post={doing.end} onClose={shut} />}
      {typeof doing === 'string' && doing in CHANGES && <ChangeForm org={org} change={doing as Change} onClose={shut} onDone={onMoved} />}
    </>
  )
}

const CHANGES: Record<Change, string> = { rename: '改名', move: '调整隶属', merge: '并入另一个', dissolve: '撤销' }

function Hints({ id, on }: { id: string; on: string }) {
  const { data } = useRead('members.setupHints', { orgId: id, on })
  if (!data) return null
  return (
    <Part title={`设置检查：正式党员 ${data.full} 人，预备党员 ${data.probationary} 人`}>
      {data.hints.length === 0 ? (
        <p className="small song">符合设置规定</p>
      ) : (
        data.hints.map(({ code, says, clause, strength }) => (
          <p key={code} className={`note ${strength === 'must' ? 'hu' : ''}`}>
            <Icon name="info" />
            <span>
              {says}
              <span className="t3 tiny">（{clause}）</span>
            </span>
          </p>
        ))
      )}
    </Part>
  )
}

function History({ org, past }: { org: Org; past: Org['posts'] }) {
  const span = (from: string, until: string | null) => `${from} 至 ${until ?? '今'}`
  return (
    <Part title="沿革">
      <ul>
        {org.names.map(({ from, until, name }) => (
          <li key={`n${from}`}>
            <span>名称：{name}</span>
            <span className="small t3 nowrap">{span(from, until)}</span>
          </li>
        ))}
        {org.places.map(({ from, until, kind, parentName }) => (
          <li key={`p${from}`}>
            <span>
              {ORG_KINDS[kind]}，{parentName ? `隶属${parentName}` : '最高一级'}
            </span>
            <span className="small t3 nowrap">{span(from, until)}</span>
          </li>
        ))}
        {past.map(({ id, role, name, from, until }) => (
          <li key={id}>
            <span>
              {POSTS[role]} {name}
            </span>
            <span className="small t3 nowrap">{span(from, until)}</span>
          </li>
        ))}
        {org.corrections.map(({ on, kind, happenedOn, name, role, reason }) => (
          <li key={`${kind}${happenedOn}${on}${name}`}>
            <span>
              已撤回：{dateText(happenedOn)} {FACTS[kind] ?? '登记'} {role && POSTS[role]} {name}
              <span className="small t3">，{CORRECTION_REASONS[reason as CorrectionReason] ?? reason}</span>
            </span>
            <span className="small t3 nowrap">{on} 更正</span>
          </li>
        ))}
      </ul>
    </Part>
  )
}

const FACTS: Record<string, string> = {
  'org.founded': '成立',
  'org.placed': '调整隶属',
  'org.renamed': '更名',
  'post.began': '任职',
  'post.ended': '免职',
  'term.began': '任期开始',
  'term.extended': '延长任期',
}

function termText({ terms }: Org, on: string): ReactNode {
  const term = terms.filter(({ from }) => from <= on).at(-1)
  if (!term) return <span className="t3">还没有登记 </span>
  return `${dateText(term.from)}至${term.until === null ? '' : dateText(term.until)}${term.until !== null && term.until <= on ? '，已届满 ' : ' '}`
}

function Part({ title, action, children }: { title: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="org-part">
      <h3>
        <span>{title}</span>
        {action}
      </h3>
      {children}
    </section>
  )
}
