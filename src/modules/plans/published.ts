export { adoptEntry, entriesOf, entrySeen, type NewEntry, type SeenEntry } from './entries.ts'
