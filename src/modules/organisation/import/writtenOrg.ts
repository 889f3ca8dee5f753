import type { ImportOptions } from '#kernel/importing.ts'
import type { Cell } from '#runtime/sheets/cell.ts'
import type { Remarks } from '#runtime/sheets/issue.ts'
import { type NamedOrg, type OrgMatch, orgMatcher } from './matchOrg.ts'

/** An organisation as a row names it; `id` is null unless it is known, and such a row has a remark that keeps it out. */
export type WrittenOrg = { text: string; id: string | null }

/** Finds organisations by written name; where a name could mean several, a person is asked, and what they answered is found. */
export function orgAsker(orgs: readonly NamedOrg[], { answers, onAsk }: ImportOptions): (written: string) => OrgMatch {
  const match = orgMatcher([...orgs])
  const there = new Set(orgs.map(({ id }) => id))
  return (written) => {
    const answer = match(written)
    if (answer.kind !== 'proposed') return answer
    const key = `org:${written}`
    onAsk?.({ key, kind: 'org', says: `“${written}”是哪个党组织？`, choices: answer.proposals })
    const id = answers?.get(key)
    return id !== undefined && there.has(id) ? { kind: 'found', id } : answer
  }
}

/** The organisation a cell names; without `orgOf` the name is only kept. An empty cell is remarked upon by the caller. */
export function readWrittenOrg(cell: Cell | null, remarks: Remarks, orgOf?: (written: string) => OrgMatch): WrittenOrg {
  const text = cell?.text.trim() ?? ''
  const answer = cell && orgOf?.(text)
  if (!cell || !answer) return { text, id: null }
  if (answer.kind === 'found') return { text, id: answer.id }
  if (answer.kind === 'none') remarks.wrong(cell, `没有名为“${text}”的党组织`, '核对支部名称；确有这个支部的，先在组织信息里建立再导入')
  else {
    const names = answer.proposals.map(({ name }) => `“${name}”`).join('、')
    const like = answer.proposals.length === 1 ? '像是' : '可能是'
    remarks.wrong(cell, `支部写成了“${text}”，${like}${names}，还没有确认`, '在核对页上选定是哪个支部，或在文件里写成全称')
  }
  return { text, id: null }
}
