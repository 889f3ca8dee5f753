/** A stretch of days from `from` until the day before `to` (null: without end) in which something holds. */
export interface Span<V> {
  from: string
  to: string | null
  value: V
}

/** In memory what `holdFrom` does to a dated table: from `from` on the value holds, until a stretch that already begins later. */
export function held<V>(spans: readonly Span<V>[], from: string, value: V): Span<V>[] {
  const later = spans.filter((s) => s.from > from)
  return [...until(spans, from), { from, to: later[0]?.from ?? null, value }, ...later]
}

/** In memory what `endAt` does: the last day is the day before `on`. */
export const until = <V>(spans: readonly Span<V>[], on: string): Span<V>[] =>
  spans.filter((s) => s.from < on).map((s) => (isBefore(on, s.to) ? { ...s, to: on } : s))

/** The stretch that holds on `day`, or undefined. */
export const spanOn = <S extends { from: string; to: string | null }>(spans: readonly S[], day: string): S | undefined =>
  spans.find((s) => s.from <= day && isBefore(day, s.to))

/** `null` is without end. */
export const isBefore = (day: string, end: string | null): boolean => end === null || day < end
