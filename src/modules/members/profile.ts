import { sql } from 'kysely'
import { z } from 'zod'
import { isCivilDate, today } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { checkIdNumber, isCheckedId } from '#kernel/idNumber.ts'
import { lifeDate } from './life.ts'
import { blindIndexOf, seal } from './sealed.ts'

/** A date of life as it is known: `1949`, `1949-10` or `1949-10-01`, not after today. */
export const LifeText = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, '请写成 1949、1949-10 或 1949-10-01')
  .refine((text) => isCivilDate(`${text}-01-01`.slice(0, 10)), '不是日历上有的日期')
  .refine((text) => text <= today(), '日期在今天以后')

const Text = (max: number) => z.string().trim().min(1).max(max).nullable().optional()

/** What is known of a person beside name and 工号. Left out: unchanged; null: known no longer. */
export const Profile = z.strictObject({
  sex: z.enum(['male', 'female']).nullable().optional(),
  nation: Text(20),
  birth: LifeText.nullable().optional(),
  education: Text(40),
  degree: Text(40),
  job: Text(60),
  position: Text(100),
  title: Text(60),
  nativePlace: Text(60),
  group: Text(60),
  mobile: z.boolean().nullable().optional(),
  lost: z.boolean().nullable().optional(),
  outflow: Text(100),
  note: Text(500),
  joined: LifeText.nullable().optional(),
  converted: LifeText.nullable().optional(),
  idNumber: z
    .string()
    .superRefine((text, check) => {
      const id = checkIdNumber(text)
      if (!isCheckedId(id)) check.addIssue({ code: 'custom', message: `${id.problem}，${id.remedy}` })
    })
    .nullable()
    .optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[\d+ -]{7,20}$/, '请填手机号或固定电话')
    .nullable()
    .optional(),
  address: Text(200),
})
export type Profile = z.output<typeof Profile>

/** Stores what `given` names, the rest stays; creates the file when there is none. */
export async function saveProfile(db: Db, personId: string, given: Profile): Promise<void> {
  const columns: [string, unknown][] = Object.entries(given).flatMap(([key, value]) =>
    value === undefined ? [] : COLUMNS[key as keyof Profile](value as never, personId),
  )
  const all = [['person_id', personId] as [string, unknown], ...columns]
  const set = columns.map(([column]) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`)
  await sql`insert into members.profile (${sql.join(all.map(([column]) => sql.ref(column)))})
    values (${sql.join(all.map(([, value]) => sql`${value}`))})
    on conflict (person_id) do update set ${sql.join([...set, sql`version = members.profile.version + 1`])}`.execute(db)
}

/** Digits and X only, so that the same number is found however it was typed. */
export const plainNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '')
    .toUpperCase()

const as =
  (column: string) =>
  (value: unknown): [string, unknown][] => [[column, value]]

const life =
  (name: string) =>
  (text: string | null): [string, unknown][] => {
    const date = text === null ? null : lifeDate(text)
    return [
      [`${name}_from`, date?.from ?? null],
      [`${name}_until`, date?.until ?? null],
      [`${name}_precision`, date?.precision ?? null],
    ]
  }

const COLUMNS: { [K in keyof Profile]-?: (value: never, personId: string) => [string, unknown][] } = {
  sex: as('sex'),
  nation: as('nation'),
  birth: life('birth'),
  education: as('education'),
  degree: as('degree'),
  job: as('job'),
  position: as('position'),
  title: as('title'),
  nativePlace: as('native_place'),
  group: as('party_group'),
  mobile: as('mobile'),
  lost: as('lost'),
  outflow: as('outflow'),
  note: as('note'),
  joined: life('joined'),
  converted: life('converted'),
  idNumber: (value: string | null, personId) => {
    const plain = value === null ? null : plainNumber(value)
    return [
      ['id_sealed', seal('idNumber', personId, plain)],
      ['id_index', blindIndexOf('idNumber', plain)],
    ]
  },
  phone: (value: string | null, personId) => {
    const plain = value === null ? null : plainNumber(value)
    return [
      ['phone_sealed', seal('phone', personId, plain)],
      ['phone_index', blindIndexOf('phone', plain)],
    ]
  },
  address: (value: string | null, personId) => [['address_sealed', seal('address', personId, value)]],
}
