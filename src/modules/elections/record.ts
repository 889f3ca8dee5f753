import { recorderOf } from '#ledger/facts.ts'
import { electionFacts } from './contract.ts'

/** Records facts of elections. */
export const record = recorderOf(electionFacts)
