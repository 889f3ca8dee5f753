import { blankForm } from '#modules/forms/testing.ts'
import type { Examples, Ground } from './commands.ts'

/** The commands of superiors' forms; each begins with a form of its own. */
export const formExamples: Examples = {
  'forms.add': async (g) => ({
    as: g.branch.secretary,
    input: { orgId: g.branch.id, name: `基本情况统计表 ${++made}` },
    file: await file(),
  }),
  'forms.renew': async (g) => ({ as: g.branch.secretary, input: { id: await added(g), version: 1 }, file: await file() }),
  'forms.map': async (g) => ({
    as: g.branch.secretary,
    input: { id: await added(g), version: 1, spots: { cells: [{ sheet: '基本情况', ref: 'B2', source: 'org.name' }], lists: [] } },
  }),
  'forms.end': async (g) => ({ as: g.branch.secretary, input: { id: await added(g), version: 1 } }),
}

let made = 0

const file = async () => ({ name: '空表.xlsx', data: await blankForm() })

const added = async ({ w, branch }: Ground) =>
  (await w.done(branch.secretary, 'forms.add', { orgId: branch.id, name: `报表 ${++made}` }, { file: await file() })).id
