import { z } from 'zod'

/** subject is the visit, orgId the organisation whose meeting it was, personId the guide, happenedOn the day of the meeting. */
export const visitFacts = {
  'visit.made': z.object({ fromOrgId: z.uuid(), meetingId: z.uuid(), followUps: z.int().min(0) }),
}

const Can = z.record(z.string(), z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]))

export const VisitCard = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  fromName: z.string(),
  guide: z.string(),
  on: z.iso.date(),
  meetingId: z.uuid(),
  comment: z.string(),
  followUps: z.int(),
  withdrawnReason: z.string().nullable(),
})
export type VisitCard = z.output<typeof VisitCard>

export const VisitView = VisitCard.extend({
  meetingTitle: z.string().nullable(),
  items: z.array(
    z.object({ id: z.uuid(), text: z.string(), dueOn: z.iso.date(), taskId: z.uuid().nullable(), taskState: z.string().nullable() }),
  ),
  version: z.int(),
  can: Can,
})
export type VisitView = z.output<typeof VisitView>
