import { z } from 'zod'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

/** Nine headings under which people who do political work write in their own words. They head texts and records, never a mark. */
export const HEADINGS = {
  political: '政治意识',
  learning: '学习意识',
  service: '服务意识',
  example: '表率意识',
  responsibility: '责任意识',
  cooperation: '协作意识',
  democracy: '民主意识',
  innovation: '创新意识',
  integrity: '廉洁意识',
} as const
export type Heading = keyof typeof HEADINGS
export const Heading = oneOf(HEADINGS)

export const ENGAGEMENTS = { fullTime: '专职', partTime: '兼职' } as const
export type Engagement = keyof typeof ENGAGEMENTS
export const Engagement = oneOf(ENGAGEMENTS)

export const TRAININGS = { training: '培训', certificate: '证书' } as const
export type Training = keyof typeof TRAININGS
export const Training = oneOf(TRAININGS)

export const STAFF_RULE = '专职党务人员一般不少于职工总数的 1%（流传较广，未见原文；以本单位文件为准，核对原文）'

/** How many full-time people the widespread figure of one in a hundred asks for (ORG-14); part of a person counts as one. Pure. */
export const staffAsked = (employees: number): number => Math.ceil(employees / 100)

/** What the ledger keeps; the subject is the service or the course. No word anybody wrote. */
export const politicalWorkFacts = {
  'politicalStaff.entered': z.object({ engagement: Engagement }),
  'politicalStaff.left': z.object({}),
  'politicalStaff.trained': z.object({ kind: Training, hours: z.int().nullable() }),
}

export const StaffRow = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  engagement: Engagement,
  duty: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  /** Party members and organisations that the office is for, as they stand today. */
  members: z.int(),
  orgs: z.int(),
  version: z.int(),
  can: z.object({ manage: z.boolean() }),
})
export type StaffRow = z.output<typeof StaffRow>

/** A record that can be opened, in one sentence. */
export const Line = z.object({ says: z.string(), open: z.string().nullable() })
export type Line = z.output<typeof Line>
