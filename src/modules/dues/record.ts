import { recorderOf } from '#ledger/facts.ts'
import { duesFacts } from './contract.ts'

/** Records facts of 党费. */
export const record = recorderOf(duesFacts)
