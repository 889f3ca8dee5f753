import type { ReactNode } from 'react'
import { ApiError } from '../request.ts'
import { Icon } from './Icon.tsx'

interface Props {
  error: Error
  /** The names of the fields in the order of the form; only those that differ are shown. */
  fields: Record<string, string>
  render?: (field: string, value: unknown) => ReactNode
  onKeepMine: () => void
  onTakeTheirs: () => void
}

interface Sides {
  mine: Record<string, unknown>
  theirs: Record<string, unknown>
}

/** True for the refusal of an edit that met a newer version. */
export const isConflict = (error: Error | null): error is ApiError & { details: Sides } =>
  error instanceof ApiError &&
  error.status === 409 &&
  error.details !== null &&
  typeof error.details === 'object' &&
  'theirs' in error.details

/** Shows one's own values beside those another person saved meanwhile, and lets one choose. */
export function Conflict({ error, fields, render = text, onKeepMine, onTakeTheirs }: Props) {
  if (!isConflict(error)) return null
  const { mine, theirs } = error.details
  const different = Object.keys(fields).filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]))
  return (
    <div className="conflict" role="alert">
      <p className="row">
        <Icon name="warning" /> {error.message}
      </p>
      <table className="table compact">
        <thead>
          <tr>
            <th scope="col">哪一项</th>
            <th scope="col">你填的</th>
            <th scope="col">别人存的</th>
          </tr>
        </thead>
        <tbody>
          {different.map((field) => (
            <tr key={field}>
              <th scope="row">{fields[field]}</th>
              <td>{render(field, mine[field])}</td>
              <td>{render(field, theirs[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <button type="button" className="button" onClick={onKeepMine}>
          用我填的存一版
        </button>
        <button type="button" className="button" onClick={onTakeTheirs}>
          用别人存的
        </button>
      </div>
    </div>
  )
}

const text = (_: string, value: unknown): ReactNode =>
  value === null || value === undefined || value === '' ? '没填' : typeof value === 'object' ? JSON.stringify(value) : String(value)
