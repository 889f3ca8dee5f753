import type { Problem } from '../story.ts'
import { COMMITTEE } from '../unit.ts'

const BRANCH = '井下泵站项目'

/** A temporary branch whose project ended in spring; without the fault the project was extended in time. */
const endlessProject: Problem = {
  key: 'endless-project',
  events: (faulty) => [
    {
      on: '2026-01-06',
      time: '10:00',
      run: async (stage) => {
        const orgId = stage.orgs.get(BRANCH)!
        await stage.owner('standards.setProject', { orgId, version: 0, name: '井下中央泵站改造', endsOn: '2026-04-30' })
      },
    },
    ...(faulty
      ? []
      : [
          {
            on: '2026-04-20',
            time: '10:00',
            run: async (stage: Parameters<Problem['look']>[0]) => {
              const orgId = stage.orgs.get(BRANCH)!
              await stage.owner('standards.setProject', { orgId, version: 1, name: '井下中央泵站改造', endsOn: '2026-12-31' })
            },
          },
        ]),
  ],
  look: async (stage) => {
    const orgId = stage.orgs.get(COMMITTEE.key)!
    const { items } = await stage.owner('standards.structure', { orgId, limit: 200 })
    const found = items.find((f) => f.check === 'project-over')
    return (
      found && {
        by: 'standards.structure',
        says: `${found.says}。${found.remedy}。依据：${found.source}`,
        facts: found.facts,
        open: `/structure?org=${found.orgId}`,
      }
    )
  },
}

export const structureProblems = [endlessProject]
