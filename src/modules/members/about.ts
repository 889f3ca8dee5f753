import { sql } from 'kysely'
import { type AboutSource, spanText } from '#kernel/about.ts'
import { maskIdNumber, maskPhone } from '#kernel/idNumber.ts'
import { type Precision, STANDINGS, type Standing } from './contract.ts'
import { lifeText } from './life.ts'
import { type SealedField, unseal } from './sealed.ts'

/** What the member file holds about a person. */
export const about: AboutSource = {
  title: '党员档案',
  why: '管理党员名册、党龄和党费类别；证件号、电话、住址加密保存',
  tables: ['members.profile', 'members.membership', 'members.standing', 'members.suspension', 'members.reveal'],
  lines: async ({ db }, personId) => {
    const { rows: profiles } = await sql<Record<string, any>>`select * from members.profile where person_id = ${personId}`.execute(db)
    const { rows: stays } = await sql<Stretch & { org: string }>`select o.name as org, lower(m.valid) as "from", upper(m.valid) as until
      from members.membership m join organisation.org o on o.id = m.org_id where m.person_id = ${personId} order by m.valid`.execute(db)
    const { rows: standings } = await sql<Stretch & { standing: Standing }>`select standing, lower(valid) as "from", upper(valid) as until
      from members.standing where person_id = ${personId} order by valid`.execute(db)
    return [
      ...profiles.flatMap((profile) => profileLines(personId, profile)),
      ...stays.map(({ org, from, until }) => ({ label: spanText(from, until), value: `在${org}名册` })),
      ...standings.map(({ standing, from, until }) => ({ label: spanText(from, until), value: STANDINGS[standing] })),
    ]
  },
}

interface Stretch {
  from: string
  until: string | null
}

function profileLines(personId: string, f: Record<string, any>) {
  const life = (name: string) =>
    f[`${name}_from`] ? lifeText({ from: f[`${name}_from`], precision: f[`${name}_precision`] as Precision }) : null
  const outline = (field: SealedField, column: string, mask: (text: string) => string) => {
    const plain = unseal(field, personId, f[column] ?? null)
    return plain === null ? null : mask(plain)
  }
  const sex = f.sex as 'male' | 'female' | null
  const lines: [string, string | null][] = [
    ['性别', sex && { male: '男', female: '女' }[sex]],
    ['民族', f.nation],
    ['出生', life('birth')],
    ['学历', f.education],
    ['学位', f.degree],
    ['岗位', f.job],
    ['职务', f.position],
    ['职称', f.title],
    ['籍贯', f.native_place],
    ['党小组', f.party_group],
    ['入党', life('joined')],
    ['转正', life('converted')],
    ['流动去向', f.outflow],
    ['备注', f.note],
    ['身份证号', outline('idNumber', 'id_sealed', maskIdNumber)],
    ['电话', outline('phone', 'phone_sealed', maskPhone)],
    ['住址', outline('address', 'address_sealed', (text) => `${text.slice(0, 3)}******`)],
  ]
  return lines.filter(([, value]) => value).map(([label, value]) => ({ label, value: value! }))
}
