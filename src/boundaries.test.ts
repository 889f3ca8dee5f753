import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const src = import.meta.dirname
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (f) => /\.tsx?$/.test(f) && !/\.(test|browser)\.tsx?$/.test(f) && !/(^|\/)testing(\.ts$|\/)/.test(f),
)

type Import = { file: string; target: string; typeOnly: boolean }

function importsOf(file: string, text: string): Import[] {
  const found = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gm),
    ...text.matchAll(/import\((?:\/\*.*?\*\/)?()'([^']+)'\)/g),
  ]
  return found.map(([, type, spec]) => ({ file, typeOnly: !!type, target: resolve(file, spec!) }))
}

function resolve(file: string, spec: string) {
  if (spec.startsWith('#')) return spec.slice(1)
  if (spec.startsWith('.')) return relative(src, join(src, file, '..', spec))
  return spec
}

const imports = files.flatMap((file) => importsOf(file, readFileSync(join(src, file), 'utf8')))
const moduleOf = (path: string) => /^modules\/([^/]+)\//.exec(path)?.[1]
const isUi = (path: string) => /^(web\/|modules\/[^/]+\/ui\/)/.test(path)
const inside = (path: string, ...tops: string[]) => tops.some((t) => path.startsWith(`${t}/`))
const pure = /^(kernel\/(lifecycle|errors|civilDate|period|idNumber|id)|ledger\/proof)\.ts$/

/** Each rule says what it forbids and what to do instead. */
const rules: [string, (i: Import) => boolean][] = [
  [
    'The runtime knows nothing above it. Pass what it needs as an argument.',
    (i) => inside(i.file, 'runtime') && inside(i.target, 'kernel', 'ledger', 'modules', 'web'),
  ],
  [
    'The kernel knows no ledger and no module. Pass what it needs as an argument.',
    (i) => inside(i.file, 'kernel') && inside(i.target, 'ledger', 'modules', 'web'),
  ],
  [
    'The ledger knows no module but its own contract. Pass what it needs as an argument.',
    (i) => inside(i.file, 'ledger') && inside(i.target, 'modules'),
  ],
  [
    'A module sees only the published face of another: contract.ts or published.ts.',
    (i) =>
      !!moduleOf(i.file) &&
      !!moduleOf(i.target) &&
      moduleOf(i.file) !== moduleOf(i.target) &&
      !/\/(contract|published)\.ts$/.test(i.target) &&
      !i.typeOnly,
  ],
  [
    'The browser imports code only from web/, its own ui/, contract.ts and the pure files of kernel and ledger; types from anywhere.',
    (i) =>
      isUi(i.file) &&
      !i.typeOnly &&
      inside(i.target, 'kernel', 'modules', 'ledger', 'runtime') &&
      !isUi(i.target) &&
      !/contract\.ts$/.test(i.target) &&
      !pure.test(i.target),
  ],
  [
    "One module's pages do not reach into another's. Offer a slot.",
    (i) => isUi(i.file) && isUi(i.target) && !!moduleOf(i.file) && !!moduleOf(i.target) && moduleOf(i.file) !== moduleOf(i.target),
  ],
  ['The server never imports the browser.', (i) => !isUi(i.file) && isUi(i.target)],
  [
    'Only the kernel, the runtime and the opening of an installation open databases.',
    (i) => i.target === 'pg' && !i.typeOnly && !/^(kernel|runtime|ledger)\/|^(installation|ownServer|jobs)\.ts$/.test(i.file),
  ],
]

test.each(rules)('%s', (_rule, broken) => {
  expect(imports.filter(broken).map((i) => `${i.file} → ${i.target}`)).toEqual([])
})

test('each rule can fail: a file that breaks all of them is found by all', () => {
  const bad = [
    ...importsOf('runtime/bad.ts', `import { a } from '#kernel/errors.ts'`),
    ...importsOf('kernel/bad.ts', `import { a } from '#ledger/facts.ts'`),
    ...importsOf('ledger/bad.ts', `import { a } from '#modules/duties/contract.ts'`),
    ...importsOf('modules/duties/bad.ts', `import { a } from '#modules/members/policy.ts'\nimport pg from 'pg'`),
    ...importsOf('modules/duties/ui/Bad.tsx', `import { a } from '../operations.ts'\nimport { b } from '#modules/members/ui/Roster.tsx'`),
    ...importsOf('modules/duties/worse.ts', `import { a } from '#web/api.ts'`),
  ]
  expect(rules.filter(([, broken]) => !bad.some(broken)).map(([name]) => name)).toEqual([])
})

test('modules depend on each other in one direction only', () => {
  expect(circles(imports)).toEqual([])
  const a = importsOf('modules/a/x.ts', `import { b } from '#modules/b/contract.ts'`)
  const b = importsOf('modules/b/x.ts', `import { a } from '#modules/a/contract.ts'`)
  expect(circles([...a, ...b])).not.toEqual([])
})

function circles(of: readonly Import[]): string[] {
  const uses = new Map<string, Set<string>>()
  for (const i of of) {
    const [a, b] = [moduleOf(i.file), moduleOf(i.target)]
    if (a && b && a !== b) uses.set(a, (uses.get(a) ?? new Set()).add(b))
  }
  const visit = (m: string, path: string[]): string[] =>
    path.includes(m) ? [[...path, m].join(' → ')] : [...(uses.get(m) ?? [])].flatMap((n) => visit(n, [...path, m]))
  return [...uses.keys()].flatMap((m) => visit(m, []))
}

test('files stay short enough to be read at one sitting', () => {
  const long = files.map((f) => [f, readFileSync(join(src, f), 'utf8').split('\n').length] as const).filter(([, n]) => n > 300)
  expect(long).toEqual([])
})
