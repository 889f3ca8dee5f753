import type { EvaluatedObject, Evaluation } from '../engine/evaluate.ts'
import type { Scheme } from '../engine/scheme.ts'

const UNDECIDED = '未定'

/** Two results of the same objects: how many have each grade, whose grade changes and by which indicators. */
export function comparison(before: Evaluation, after: Evaluation, scheme: Scheme) {
  const later = new Map(after.objects.map((o) => [o.org.id, o]))
  const pairs = before.objects.flatMap((b) => {
    const a = later.get(b.org.id)
    return a ? [{ b, a }] : []
  })
  const names = [
    ...new Set([...(scheme.grades?.bands ?? []).map((band) => band.name), ...pairs.flatMap(({ b, a }) => [gradeOf(b), gradeOf(a)])]),
  ]
  return {
    grades: names.map((name) => ({
      name,
      before: pairs.filter(({ b }) => gradeOf(b) === name).length,
      after: pairs.filter(({ a }) => gradeOf(a) === name).length,
    })),
    moved: pairs.filter(({ b, a }) => b.score !== a.score).length,
    changes: pairs
      .filter(({ b, a }) => gradeOf(b) !== gradeOf(a))
      .sort((x, y) => x.b.org.name.localeCompare(y.b.org.name, 'zh'))
      .map(({ b, a }) => ({
        orgId: b.org.id,
        name: b.org.name,
        from: gradeOf(b),
        to: gradeOf(a),
        scoreBefore: b.score,
        scoreAfter: a.score,
        by: movedItems(b, a),
      })),
  }
}

const gradeOf = (o: EvaluatedObject) => o.grade ?? UNDECIDED

/** The indicators whose marks differ, the largest change first. */
export function movedItems(b: EvaluatedObject, a: EvaluatedObject) {
  const earlier = new Map(b.items.map((i) => [i.path, i]))
  const paths = [...new Set([...b.items, ...a.items].map((i) => i.path))]
  const later = new Map(a.items.map((i) => [i.path, i]))
  return paths
    .map((path) => {
      const [was, is] = [earlier.get(path), later.get(path)]
      return { path, name: (is ?? was)!.name, before: was?.score ?? null, after: is?.score ?? null }
    })
    .filter((i) => i.before !== i.after)
    .sort((x, y) => change(y) - change(x))
    .slice(0, 20)
}

const change = ({ before, after }: { before: string | null; after: string | null }) => Math.abs(Number(after ?? 0) - Number(before ?? 0))
