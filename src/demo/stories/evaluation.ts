import { readFile } from 'node:fs/promises'
import type { Stage } from '../stage.ts'
import type { Problem, Sight } from '../story.ts'
import { COMMITTEE } from '../unit.ts'

const shipped = (file: string) => readFile(new URL(`../../modules/evaluation/schemes/${file}`, import.meta.url), 'utf8')

/** Which warning is meant: its code and words in it. */
interface Sign {
  code: string
  says: string
}

/** A scheme with a contradiction lies among the drafts; without the fault the unit has already mended its copy. */
export const schemeStory = (key: string, file: string, sign: Sign, mend: (yaml: string) => string): Problem => ({
  key,
  events: (faulty) => [
    {
      on: '2026-02-10',
      run: async (stage) => {
        const text = await shipped(file)
        await stage.owner('evaluation.saveScheme', { orgId: stage.orgs.get(COMMITTEE.key)!, yaml: faulty ? text : mend(text) })
      },
    },
  ],
  look: (stage) => draftWith(stage, sign),
})

/** The first draft of the unit whose health check gives the warning. */
async function draftWith(stage: Stage, { code, says: words }: Sign): Promise<Sight | undefined> {
  const { items } = await stage.owner('evaluation.schemes', { orgId: stage.orgs.get(COMMITTEE.key)! })
  for (const { schemeId, state } of items) {
    if (!schemeId || state !== 'draft') continue
    const { name, warnings } = await stage.owner('evaluation.scheme', { schemeId })
    const warning = warnings.find((w) => w.code === code && w.says.includes(words))
    if (!warning) continue
    const says = `${name}，${warning.place}：${warning.says}。${warning.remedy}`
    return { by: 'evaluation.scheme', says, facts: [], open: `/evaluation/schemes/${schemeId}` }
  }
  return undefined
}
