/** What the program that opens an installation uses of the ledger's pages. */
export { type LedgerServices, ledgerServices } from './services.ts'
export { titleOfKind } from './titles.ts'
