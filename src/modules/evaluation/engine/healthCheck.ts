export interface Warning {
  code: string
  place: string
  says: string
  remedy: string
}
