import { z } from 'zod'
import { isUsualYear } from './civilDate.ts'
import type { Fields } from './errors.ts'

z.config(z.locales.zhCN())

/** The messages of a failed parse by path: `{ 'votes.0.inFavour': ['…'] }`; unknown keys stand at the key itself. */
export function fieldsOf(error: z.core.$ZodError): Fields {
  // A map, since a key of the input may be called like something that every object has.
  const fields = new Map<string, string[]>()
  const add = (path: string, message: string) => fields.set(path, [...(fields.get(path) ?? []), message])
  for (const issue of error.issues) {
    const path = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) add(path ? `${path}.${key}` : key, '没有这一项，请去掉')
    else add(path, messageOf(issue))
  }
  return Object.fromEntries(fields)
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return '必填'
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return '必填'
  return issue.message
}

/** Messages, by path, for days far from any that something can be about: every question over a span of days would take for ever. */
export function farDays(value: unknown, path = ''): Fields {
  if (typeof value === 'string')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && !isUsualYear(Number(value.slice(0, 4)))
      ? { [path]: ['请填 1900 年到 2100 年之间的日期'] }
      : {}
  if (value === null || typeof value !== 'object') return {}
  return Object.assign({}, ...Object.entries(value).map(([key, part]) => farDays(part, path ? `${path}.${key}` : key)))
}
