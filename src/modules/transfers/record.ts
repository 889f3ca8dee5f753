import { recorderOf } from '#ledger/facts.ts'
import { transferFacts } from './contract.ts'

/** Records facts of transfers. */
export const record = recorderOf(transferFacts)
