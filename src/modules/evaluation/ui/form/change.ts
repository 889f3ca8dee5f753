export type Path = readonly (string | number)[]

/** The part of some data at a path; undefined where there is none. */
export const partAt = (data: any, path: Path): any => path.reduce((at, key) => at?.[key], data)

/** A copy with another part at the path; undefined and empty text take the part away. */
export function changed<T>(data: T, path: Path, part: unknown): T {
  const [key, ...rest] = path
  if (key === undefined) return part as T
  const copy: any = Array.isArray(data) ? [...data] : { ...(data as object) }
  const next = rest.length > 0 ? changed(copy[key] ?? (typeof rest[0] === 'number' ? [] : {}), rest, part) : part
  if (next === undefined || next === '') delete copy[key]
  else copy[key] = next
  return copy
}

/** A copy with the list at the path changed. */
export const listChanged = <T>(data: T, path: Path, change: (list: any[]) => any[]): T => {
  const list = change([...(partAt(data, path) ?? [])])
  return changed(data, path, list.length > 0 ? list : undefined)
}

/** The list with one of its members moved by so many places. */
export const moved = (list: any[], at: number, by: number): any[] => {
  const to = at + by
  if (to < 0 || to >= list.length) return list
  const copy = [...list]
  copy.splice(to, 0, ...copy.splice(at, 1))
  return copy
}
