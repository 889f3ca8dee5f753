import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { blankForm } from '#modules/forms/testing.ts'
import type { Stage } from '../demo/stage.ts'

/** One file to make. */
export interface Asked {
  operation: string
  input: Record<string, unknown>
}

const WORD_PDF = ['word', 'pdf'] as const
const ALL = ['word', 'pdf', 'excel'] as const

/** Downloads that are no paper: files as they were sent, pictures, data for programs. */
export const NO_PAPERS = [
  'dues.importProblems',
  'meetings.importProblems',
  'members.importProblems',
  'organisation.importProblems',
  'files.get',
  'files.thumbnail',
  'evaluation.schemeYaml',
  'privacy.download',
  'members.rosterExport',
]

/** Every paper of the product, each in every form it is handed out in, about records of the played unit. */
export async function papersOf(db: Db, stage: Stage): Promise<Asked[]> {
  const id = async (what: string, table: string, where = 'true') => {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where ${sql.raw(where)} order by id limit 1`.execute(db)
    if (!rows[0]) throw new Error(`The played unit has no ${what}: a paper cannot be looked at`)
    return rows[0].id
  }
  const orgId = stage.orgs.get('机电队')!
  const committee = stage.orgs.get('党委') ?? (await id('committee', 'organisation.org', `kind = 'partyCommittee'`))
  const [year, month] = [2026, '2026-08']
  const meeting = await id('signed meeting', 'meetings.meeting', `state = 'signed'`)
  const plan = await id('planned meeting', 'meetings.plan')
  const answered = await id('request', 'requests.request', `state in ('sent', 'registered') and kind <> 'integrityOpinion'`)
  const { rows } = await sql<{ version: number }>`select version from requests.request where id = ${answered}`.execute(db)
  await stage.owner('requests.answer', {
    id: answered,
    version: rows[0]!.version,
    decision: 'agreed',
    docNo: '一矿党〔2026〕30号',
    reply: '',
  })
  const bulletin = await stage.owner('bulletins.draft', {
    orgId: committee,
    title: '第二季度组织生活情况通报',
    from: '2026-04-01',
    to: '2026-06-30',
    body: '请各支部对照整改。',
  })
  const form = await stage.owner(
    'forms.add',
    { orgId: committee, name: '基本情况统计表' },
    { fileName: '空表.xlsx', data: await blankForm() },
  )
  const cells = [{ sheet: '基本情况', ref: 'B2', source: 'org.name' }]
  await stage.owner('forms.map', { id: form.id, version: 1, spots: { cells, lists: [] } })
  const each = (operation: string, formats: readonly string[], input: object): Asked[] =>
    formats.map((format) => ({ operation, input: { ...input, format } }))
  return [
    ...each('meetings.minutes', WORD_PDF, { id: meeting }),
    ...each('meetings.summary', WORD_PDF, { id: meeting }),
    ...each('meetings.signInSheet', WORD_PDF, { id: plan }),
    { operation: 'meetings.signInTable', input: { id: plan } },
    { operation: 'meetings.register', input: { orgId, year } },
    ...each('meetings.registerPaper', WORD_PDF, { orgId, year }),
    ...each('handbook.print', ALL, { orgId, period: String(year) }),
    ...each('plans.paper', WORD_PDF, { orgId, year, which: 'plan' }),
    ...each('plans.paper', WORD_PDF, { orgId, year, which: 'report' }),
    ...each('requests.letter', WORD_PDF, { id: answered }),
    ...each('requests.reply', WORD_PDF, { id: answered }),
    { operation: 'requests.exportRegister', input: { orgId, year, side: 'out' } },
    ...each('development.fullRecord', WORD_PDF, { id: await id('course', 'development.course') }),
    ...each('dues.monthPaper', WORD_PDF, { orgId, month }),
    { operation: 'dues.monthSheet', input: { orgId, month } },
    ...each('dues.yearTable', ALL, { orgId, year }),
    ...each('dues.yearWord', WORD_PDF, { orgId, year }),
    { operation: 'dues.yearSheet', input: { orgId, year } },
    ...each('statistics.print', ALL, { orgId: committee, year }),
    ...each('bulletins.paper', WORD_PDF, { id: bulletin.id }),
    { operation: 'forms.fill', input: { id: form.id, orgId, period: '2026-Q2' } },
    { operation: 'duties.gridExport', input: { orgId: committee, year } },
    { operation: 'rulebook.export', input: { orgId: committee } },
    { operation: 'care.fiftySheet', input: { orgId: committee } },
    { operation: 'care.condolenceSheet', input: { orgId: committee } },
  ]
}
