/** A fact an operation will have established once it commits. The ledger stores it; the kernel only carries it. */
export interface Fact {
  id: string
  kind: string
  subject: string
  orgId: string
  personId: string | null
  /** Civil date, YYYY-MM-DD: a claim of the person; when it was recorded is the server's. */
  happenedOn: string
  body: unknown
}
