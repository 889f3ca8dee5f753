import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Module } from '#kernel/module.ts'
import { schemaOf } from '#kernel/openapi.ts'
import { assertNoText } from '#ledger/bodies.ts'
import { OTHER_ROLES, POSTS } from '#modules/organisation/contract.ts'
import { modules as typed } from './platform.ts'

const modules: readonly Module[] = typed
const operations = modules.flatMap((m) => m.operations)

test('every operation is named after its module, once', () => {
  const names = modules.flatMap((m) => m.operations.map((o) => [m.name, o.name] as const))
  expect(names.filter(([m, n]) => !n.startsWith(`${m}.`))).toEqual([])
  expect(names.map(([, n]) => n)).toEqual([...new Set(names.map(([, n]) => n))])
})

test('every operation has a Chinese title', () => {
  expect(operations.filter((o) => !/[\u4e00-\u9fff]/.test(o.title)).map((o) => o.name)).toEqual([])
})

test('every input refuses unknown keys, at every depth', () => {
  const open = (schema: unknown, at: string): string[] => {
    if (Array.isArray(schema)) return schema.flatMap((s, i) => open(s, `${at}.${i}`))
    if (schema === null || typeof schema !== 'object') return []
    const s = schema as Record<string, unknown>
    const here = s.type === 'object' && s.properties && s.additionalProperties !== false ? [at] : []
    return [...here, ...Object.entries(s).flatMap(([k, v]) => open(v, `${at}.${k}`))]
  }
  expect(operations.flatMap((o) => open(schemaOf(o.input, 'input'), o.name))).toEqual([])
})

test('every text and list an input takes has an end', () => {
  const endless = (schema: unknown, at: string): string[] => {
    if (Array.isArray(schema)) return schema.flatMap((s, i) => endless(s, `${at}.${i}`))
    if (schema === null || typeof schema !== 'object') return []
    const s = schema as Record<string, unknown>
    const text = s.type === 'string' && !('maxLength' in s) && !('format' in s) && !('enum' in s) && !('const' in s) && !('pattern' in s)
    const list = s.type === 'array' && !('maxItems' in s) && !('prefixItems' in s)
    return [...(text || list ? [at] : []), ...Object.entries(s).flatMap(([k, v]) => endless(v, `${at}.${k}`))]
  }
  expect(operations.flatMap((o) => endless(schemaOf(o.input, 'input'), o.name))).toEqual([])
})

test('every fact kind is declared once, with a body that holds no text', () => {
  const kinds = modules.flatMap((m) => Object.entries(m.facts ?? {}))
  expect(kinds.map(([k]) => k)).toEqual([...new Set(kinds.map(([k]) => k))])
  for (const [kind, schema] of kinds) expect(() => assertNoText(schema), kind).not.toThrow()
})

test('every fact a measure reads is declared by some module', () => {
  const declared = new Set(modules.flatMap((m) => Object.keys(m.facts ?? {})))
  const read = modules.flatMap((m) => m.measures ?? []).flatMap((m) => [...m.reads])
  expect(read.filter((k) => !declared.has(k))).toEqual([])
})

test('every capability belongs to its module and goes to known roles only', () => {
  const roles = new Set([...Object.keys(POSTS), ...Object.keys(OTHER_ROLES)])
  const all = modules.flatMap((m) => Object.entries(m.capabilities ?? {}).map(([c, d]) => ({ module: m.name, c, d })))
  expect(all.filter(({ module, c }) => !c.startsWith(`${module}.`)).map(({ c }) => c)).toEqual([])
  expect(all.flatMap(({ c, d }) => d.roles.filter((r) => !roles.has(r)).map((r) => `${c}: ${r}`))).toEqual([])
})

test('the three officers see no business data: they hold capabilities of identity and the ledger only', () => {
  const officers = ['systemOfficer', 'securityOfficer', 'auditOfficer']
  const held = modules.flatMap((m) =>
    Object.entries(m.capabilities ?? {})
      .filter(([, d]) => d.roles.some((r) => officers.includes(r)))
      .map(([c]) => c),
  )
  expect(held.filter((c) => !/^(identity|ledger)\./.test(c))).toEqual([])
})

test('every module folder is listed in modules.ts', () => {
  const folders = readdirSync(join(import.meta.dirname, 'modules'))
  expect(folders.filter((f) => !modules.some((m) => m.name === f))).toEqual([])
})
