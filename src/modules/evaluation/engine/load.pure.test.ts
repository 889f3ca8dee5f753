import { expect, test } from 'vitest'
import { canonicalJson, checkScheme, fingerprint, loadScheme, type SchemeError, writeScheme } from './load.ts'
import { schemeOf } from './testing.ts'

const basic = schemeOf([{ name: '甲', max: '5', source: { from: 'import', of: '产量', by: '生产部' }, rules: [{ kind: 'share' }] }], '5')
const errorsOf = (change: (content: any) => void): SchemeError[] => {
  const content = structuredClone(basic)
  change(content)
  const loaded = checkScheme(content)
  return 'errors' in loaded ? loaded.errors : []
}
const item = (content: any) => content.sheets[0].items[0]

test('reads figures as they are written, quoted or not, and codes as text', () => {
  const text = writeScheme(basic).replace('max: 5', 'max: "5.00"').replace('name: 甲', 'name: 甲\n        code: 1.10')
  const loaded = loadScheme(text)
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  expect(loaded.scheme.sheets[0]!.items[0]).toMatchObject({ max: '5', code: '1.10' })
  expect(loadScheme(JSON.stringify(basic))).toEqual({ scheme: basic })
})

test('the fingerprint follows the content and not the order of keys', () => {
  const turned = Object.fromEntries(Object.entries(basic).reverse())
  const loaded = checkScheme(turned)
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  expect(fingerprint(loaded.scheme)).toBe(fingerprint(basic))
  expect(fingerprint({ ...basic, name: '另一方案' })).not.toBe(fingerprint(basic))
  expect(canonicalJson({ b: [1, undefined], a: undefined, c: null })).toBe('{"b":[1,null],"c":null}')
})

test.each<[string, (content: any) => void, Partial<SchemeError>]>([
  [
    'an unknown key',
    (c) => Object.assign(item(c), { wieght: '5' }),
    { place: 'sheets › 「测试表」 › items › 「甲」', problem: '不认识的项「wieght」' },
  ],
  ['an unknown key in a rule', (c) => Object.assign(item(c).rules[0], { code: '1' }), { problem: '不认识的项「code」' }],
  ['a missing figure', (c) => delete item(c).max, { problem: '没有写分值；没有公布的写 unknown' }],
  ['a figure that is no decimal', (c) => Object.assign(item(c), { max: '五' }), { place: 'sheets › 「测试表」 › items › 「甲」 › max' }],
  ['a binary number from a form', (c) => Object.assign(item(c), { max: 5 }), { place: 'sheets › 「测试表」 › items › 「甲」 › max' }],
  ['an unknown kind of rule', (c) => Object.assign(item(c).rules[0], { kind: 'magic' }), { problem: '「kind」不认识' }],
  ['two items of one name', (c) => c.sheets[0].items.push(item(c)), { problem: '同一层有两个「甲」，出处无法区分' }],
  ['a slash in a name', (c) => Object.assign(item(c), { name: '甲/乙' }), { problem: '名称里不能有斜线' }],
  ['several sheets without a rule for them', (c) => c.sheets.push({ ...c.sheets[0], key: 'two' }), { place: 'combine' }],
  ['a formula with code', (c) => Object.assign(c, { combine: { eval: 'process.exit()' } }), { place: 'combine' }],
  [
    'a formula over a sheet that is not there',
    (c) => Object.assign(c, { combine: { sheet: 'no', as: 'rate' } }),
    { problem: '没有代号为「no」的表' },
  ],
  [
    'a grade that is not there',
    (c) => Object.assign(c, { eligibility: [{ code: 'E', when: '出事故', effect: { does: 'gradeIs', grade: '差' } }] }),
    { problem: '等次「差」不在等次表里' },
  ],
])('refuses %s at its place', (_name, change, expected) => {
  const errors = errorsOf(change)
  expect(errors[0]).toMatchObject(expected)
  for (const error of errors) expect(`${error.problem}${error.remedy}`).toMatch(/[一-鿿]/)
})

test.each(['登录次数', '在线时长', '点赞数', '转发量', '阅读时长', '照片张数', '定位打卡', '行动轨迹', '党员个人积分'])(
  'refuses %s as a source, and takes it where it is only kept as published',
  (of) => {
    expect(errorsOf((c) => Object.assign(item(c), { source: { from: 'import', of, by: '信息部' } }))[0]!.problem).toContain(
      '不能作为考核来源',
    )
    expect(errorsOf((c) => Object.assign(item(c), { source: { from: 'refused', of } }))).toEqual([])
  },
)

test.each(['learning.log-ins', 'web.online-time', 'posts.likes', 'files.photos', 'people.member-points'])(
  'refuses the measure %s',
  (measure) => {
    expect(errorsOf((c) => Object.assign(item(c), { source: { from: 'fact', measure } }))[0]!.problem).toContain('不能作为考核来源')
  },
)

test('persons are not ranked, neither by a rule nor by a linkage', () => {
  const rank = { kind: 'rank', order: 'high-first', ties: 'best', places: [{ from: '1', to: '1', marks: '5' }] }
  const place = [{ to: '奖励', when: { place: { from: 'top', count: '1' } } }]
  const personal = { object: { kind: 'member' } }
  expect(errorsOf((c) => Object.assign(item(c), { rules: [rank] }))).toEqual([])
  expect(errorsOf((c) => Object.assign(c, { linkage: place }))).toEqual([])
  expect(errorsOf((c) => Object.assign(item(Object.assign(c, personal)), { rules: [rank] }))[0]!.problem).toBe('对个人不能按名次计分')
  expect(errorsOf((c) => Object.assign(c, personal, { linkage: place }))[0]!.problem).toBe('对个人不能按名次兑现')
})

test.each([
  ['broken YAML', 'a: [1'],
  ['a doubled key', `${writeScheme(basic)}\nname: 又一个`],
  ['anchors that multiply', 'a: &a [1,2]\nb: [*a,*a]'],
  ['nothing', ''],
  ['a list', '- a'],
  ['deep nesting', '['.repeat(20_000)],
  ['a very long file', `# ${'长'.repeat(1_000_001)}`],
])('answers %s with a Chinese reason and does not throw', (_name, text) => {
  const loaded = loadScheme(text)
  expect('errors' in loaded && loaded.errors.length).toBeGreaterThan(0)
  expect('errors' in loaded && loaded.errors.every((error) => /[一-鿿]/.test(error.problem + error.remedy))).toBe(true)
})
