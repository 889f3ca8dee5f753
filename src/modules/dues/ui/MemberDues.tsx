import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { holds, useSession } from '#web/session.ts'
import { PersonDues } from './PersonDues.tsx'

/** In a member's file, for those who keep the bases of that branch. */
export function MemberDues({ id }: { id: string }) {
  const session = useSession()
  const keeps = holds(session, 'dues.manage')
  const { data: member } = useRead('members.get', { personId: id }, { enabled: keeps })
  const { data } = useRead('dues.baseOf', { personId: id }, { enabled: keeps })
  const home = member?.memberships.find(({ until }) => until === null)
  if (!keeps || !data || !member || !home) return null
  return (
    <section className="member-part">
      <h3>党费</h3>
      <PersonDues row={{ personId: id, name: member.name }} orgId={home.orgId} month={today().slice(0, 7)} />
    </section>
  )
}
