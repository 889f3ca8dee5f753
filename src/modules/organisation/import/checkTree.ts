import type { Table } from '#runtime/sheets/table.ts'
import { type NamedOrg, type OrgMatch, orgMatcher } from './matchOrg.ts'
import { levelOf, type OrgKey } from './orgHeads.ts'
import type { ReadOrg } from './parseOrgs.ts'

/** Finds each row's superior in the file, else among the known organisations, and remarks on doubles, circles and wrong levels. */
export const checkTree = (orgs: ReadOrg[], table: Table<OrgKey>, known?: (name: string) => OrgMatch): void => {
  const byRow = new Map(orgs.map((org) => [org.row.row, org]))
  const first = new Map<string, ReadOrg>()
  for (const org of orgs) {
    const earlier = first.get(org.values.name)
    if (earlier) org.remarks.wrong(org.row.cell('name')!, `组织名称与第 ${earlier.row.row} 行相同`, '一个组织只留一行；不同的组织写全称')
    else if (org.values.name !== '') first.set(org.values.name, org)
  }
  const named = [...first.values()].map(
    ({ row, values }): NamedOrg => ({ id: String(row.row), name: values.name, shortName: values.shortName }),
  )
  const inFile = orgMatcher(named)
  for (const org of orgs) if (org.values.parent) findParent(org, inFile, known)
  checkTops(orgs, table)
  for (const org of orgs) checkAbove(org, byRow)
}

const findParent = ({ row, values, remarks }: ReadOrg, inFile: (name: string) => OrgMatch, known?: (name: string) => OrgMatch) => {
  const parent = values.parent!
  const cell = row.cell('parent')!
  const here = inFile(parent.text)
  if (here.kind === 'found') parent.row = Number(here.id)
  const elsewhere = here.kind === 'found' ? null : known?.(parent.text)
  if (elsewhere?.kind === 'found') parent.id = elsewhere.id
  const proposals = [here, elsewhere].flatMap((answer) => (answer?.kind === 'proposed' ? answer.proposals.map(({ name }) => name) : []))
  if (parent.row !== null || parent.id !== null || proposals.length === 0) return
  remarks.wrong(cell, `没有名为“${parent.text}”的组织，像是“${proposals.join('”或“')}”`, '把上级组织写成全称')
}

// A list usually begins with a unit whose own superior is not in the installation: that one row may be the top.
const checkTops = (orgs: ReadOrg[], table: Table<OrgKey>) => {
  const lost = orgs.filter(({ values }) => values.parent && values.parent.row === null && values.parent.id === null)
  const tops = orgs.filter(({ values }) => !values.parent && values.name !== '')
  for (const { row, values, remarks } of lost) {
    if (remarks.issues.some(({ column }) => column === row.cell('parent')?.column)) continue
    if (tops.length === 0 && lost.length === 1) {
      remarks.warn(row.cell('parent')!, `上级组织“${values.parent!.text}”不在文件里，这个组织按最高一级导入`, '请核对')
      values.parent = null
    } else remarks.wrong(row.cell('parent')!, `没有名为“${values.parent!.text}”的组织`, '核对名称；确有这个组织的，先在文件里加上它')
  }
  for (const { row, remarks } of tops.slice(1)) {
    remarks.warn(
      table.columns.get('parent')!,
      `没有填上级组织，与第 ${tops[0]!.row.row} 行并列为最高一级`,
      `第 ${row.row} 行如有上级，补上全称`,
    )
  }
}

const checkAbove = (org: ReadOrg, byRow: Map<number, ReadOrg>) => {
  const seen = new Set<number>()
  for (let at = org.values.parent?.row ?? null; at !== null; at = byRow.get(at)?.values.parent?.row ?? null) {
    if (at === org.row.row) {
      org.remarks.wrong(org.row.cell('parent')!, '上级组织绕了一圈又回到自己', '改正上级组织')
      return
    }
    if (seen.has(at)) return
    seen.add(at)
  }
  const [kind, above] = [org.values.kind, byRow.get(org.values.parent?.row ?? -1)?.values.kind]
  if (!kind || !above) return
  const fits = levelOf[above] > levelOf[kind] || (levelOf[above] === 4 && levelOf[kind] === 4)
  if (!fits) org.remarks.warn(org.row.cell('parent')!, '上级组织的级别不高于本组织', '请核对组织类别和上级组织')
}
