import type { PostRole } from '#modules/organisation/contract.ts'

const ROLES: [RegExp, PostRole][] = [
  [/^(专职)副书记$/, 'fullTimeDeputySecretary'],
  [/^副书记$/, 'deputySecretary'],
  [/^书记$/, 'partySecretary'],
  [/^组织委员$/, 'organizationCommissioner'],
  [/^宣传委员$/, 'publicityCommissioner'],
  [/^(纪检|纪律检查|纪律)委员$/, 'disciplineCommissioner'],
  [/^(支部?)?(委员|支委|委)$|^(生活|青年|群工|保密|统战|学习|文体|群众工作|妇女)委员$/, 'committeeMember'],
]
const NONE = /^(无|没有|普通党员|党员|群众|[-—/\\]+)$/

/**
 * The posts of the branch that a cell of 党内职务 names, e.g. `支部副书记兼组织委员`; `rest` are the words that name none of them (a post of a
 * higher organisation, 党小组组长).
 */
export function readPosts(text: string | null): { roles: PostRole[]; rest: string[] } {
  const words = (text ?? '')
    .normalize('NFKC')
    .replace(/[\s“”"()]/g, '')
    .split(/[、,;/和及兼]|(?<=书记)(?=组织|宣传|纪检|纪律)/)
    .filter((word) => word !== '' && !NONE.test(word))
  const found = words.map((word) => ({ word, role: roleOf(word) }))
  return {
    roles: [...new Set(found.flatMap(({ role }) => role ?? []))],
    rest: found.filter(({ role }) => role === null).map(({ word }) => word),
  }
}

function roleOf(word: string): PostRole | null {
  const own = word.replace(/^(中共)?(党?支部委员会?|党?支部|支委会)(?=.)/, '')
  return ROLES.find(([pattern]) => pattern.test(own))?.[1] ?? null
}
