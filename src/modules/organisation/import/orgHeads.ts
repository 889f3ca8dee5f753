import type { Head } from '#runtime/sheets/table.ts'
import type { OrgKind } from '../contract.ts'

/** The columns of a list of organisations. */
export const orgHeads = [
  { key: 'name', title: '组织名称', names: ['党组织名称', '名称', '党组织全称', '组织全称', '全称', '党支部名称'], required: true },
  {
    key: 'parent',
    title: '上级组织',
    names: ['上级党组织', '上级党组织名称', '上级组织名称', '隶属组织', '隶属党组织', '上级单位', '上级'],
    required: true,
  },
  { key: 'kind', title: '组织类别', names: ['党组织类别', '类别', '组织类型', '党组织类型', '类型'] },
  { key: 'shortName', title: '简称', names: ['组织简称', '党组织简称'] },
  { key: 'code', title: '组织代码', names: ['党组织代码', '代码', '组织编码', '党组织编码', '编码'] },
  { key: 'unit', title: '所在单位', names: ['所在单位名称', '单位名称', '所属单位', '所在行政单位', '覆盖单位', '单位'] },
  { key: 'founded', title: '建立日期', names: ['成立日期', '成立时间', '建立时间', '组建日期', '批准成立日期', '批复日期'] },
  {
    key: 'termFrom',
    title: '本届班子任命日期',
    names: ['任命时间', '任命日期', '本届任期起', '本届开始日期', '换届日期', '上次换届日期', '届次开始日期'],
  },
  {
    key: 'termTo',
    title: '应换届日期',
    names: ['应换届时间', '任期届满日期', '届满日期', '到届日期', '下次换届日期', '换届到期日期', '本届任期止'],
  },
  { key: 'secretary', title: '书记', names: ['党组织书记', '支部书记', '书记姓名'] },
  { key: 'contact', title: '联系人' },
  { key: 'phone', title: '联系电话', names: ['电话', '办公电话', '联系方式'] },
  { key: 'note', title: '备注' },
] as const satisfies Head<string>[]

/** The keys of a list of organisations. */
export type OrgKey = (typeof orgHeads)[number]['key']

/** The kind a cell or the end of a name says (党委, 02 党总支, 联合党支部 …), or null. */
export const readOrgKind = (text: string): OrgKind | null => {
  const plain = text.normalize('NFKC').replace(/[\s\d]/g, '')
  return kinds.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

const kinds: [RegExp, OrgKind][] = [
  [/党小组$/, 'partyGroup'],
  [/临时(联合)?党?支部(委员会)?$/, 'provisionalBranch'],
  [/联合党?支部(委员会)?$/, 'jointBranch'],
  [/总支部?(委员会)?$/, 'generalBranch'],
  [/支部(委员会)?$/, 'partyBranch'],
  [/(党工委|工作委员会)$/, 'workCommittee'],
  [/(纪委|纪律检查委员会)$/, 'disciplineCommittee'],
  [/(党委|委员会|基层委员会)$/, 'partyCommittee'],
]

/** How high a kind stands; an organisation's superior stands higher. */
export const levelOf: Record<OrgKind, number> = {
  workCommittee: 4,
  partyCommittee: 4,
  generalBranch: 3,
  partyBranch: 2,
  jointBranch: 2,
  provisionalBranch: 2,
  disciplineCommittee: 2,
  partyGroup: 1,
}
