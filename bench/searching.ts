import { tokensOf } from '../src/modules/search/words.ts'
import type { Running } from './beside.ts'
import type { Shot } from './load.ts'
import { inDatabase, type Site } from './site.ts'

const WORDS =
  '学习 讨论 传达 部署 班组 安全 隐患 整改 支部 党员 责任 计划 措施 检查 落实 生产 设备 通风 机电 采煤 培训 考核 谈话 评议 作用 先锋 廉洁 纪律 服务 职工 保障 调度'.split(
    ' ',
  )
const RARE = '保温箱'

/** Gives every meeting of the unit a text of some eight hundred characters, one in a thousand with a rare word, and looks for words in them. */
export async function searching(run: Running, { unit, rootLogin, secretaries }: Site): Promise<[string, () => Shot[]][]> {
  const texts = await inDatabase(run.owner, async (db) => {
    const { rows } = await db.query<{ n: number }>('select count(*)::int as n from search.text')
    if (rows[0]!.n > 1000) return rows[0]!.n
    const { rows: meetings } = await db.query<{ org_id: string; id: string; day: string }>(
      `select org_id, id, to_char(held_on, 'YYYY-MM-DD') as day from meetings.meeting order by id`,
    )
    for (let at = 0; at < meetings.length; at += 500) {
      const part = meetings.slice(at, at + 500).map((m, i) => {
        const body = textOf(at + i)
        return { ...m, body, words: tokensOf(`例会\n${body}`) }
      })
      await db.query(
        `insert into search.text (org_id, kind, id, read_with, title, note, open, day, body, words)
          select org_id, '会议', id, 'meetings.read', '例会', '', '/meetings/' || id, day, body, array_to_tsvector(words)
          from jsonb_to_recordset($1::jsonb) as r(org_id uuid, id uuid, day date, body text, words text[])
          on conflict (org_id, kind, id) do nothing`,
        [JSON.stringify(part)],
      )
    }
    await db.query('vacuum analyze search.text')
    return meetings.length
  })
  const [asRoot, asBranch] = [run.signedIn[rootLogin]!, run.signedIn[secretaries[0]!.login]!]
  const find = (headers: Record<string, string>, text: string) => (): Shot[] => [
    { method: 'GET', path: `/api/search.text?text=${encodeURIComponent(text)}`, headers },
  ]
  return [
    [`search of ${texts} texts, a rare word, whole group of ${unit.orgs.length}`, find(asRoot, RARE)],
    ['the same, a common word', find(asRoot, '安全隐患')],
    ['the same, a word in nearly every text', find(asRoot, '安全')],
    ['the same, two words, a secretary', find(asBranch, '安全 整改')],
    [
      'search by the first characters of a name',
      () => [{ method: 'GET', path: `/api/search.find?text=${encodeURIComponent('王某')}`, headers: asRoot }],
    ],
  ]
}

/** The same number gives the same text. */
function textOf(n: number): string {
  let dice = n * 2654435761
  const next = () => (dice = (dice * 1103515245 + 12345) % 2147483648)
  const words = Array.from({ length: 400 }, (_, i) => `${WORDS[next() % WORDS.length]}${i % 12 === 11 ? '。' : ''}`)
  if (n % 1000 === 7) words.splice(200, 0, RARE)
  return words.join('')
}
