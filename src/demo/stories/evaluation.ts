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
export function schemeStory(key: string, file: string, sign: Sign, mend: (yaml: string) => string): Problem {
  let text = ''
  let id = ''
  return {
    key,
    events: (faulty) => [
      {
        on: '2026-02-10',
        run: async (stage) => {
          text = faulty ? await shipped(file) : mend(await shipped(file))
          id = (await stage.owner('evaluation.saveScheme', { orgId: stage.orgs.get(COMMITTEE.key)!, yaml: text })).id
        },
      },
    ],
    look: (stage) => schemeSight(stage, text, id, sign),
  }
}

async function schemeSight(stage: Stage, yaml: string, id: string, { code, says: words }: Sign): Promise<Sight | undefined> {
  const checked = await stage.owner('evaluation.checkScheme', { yaml })
  const warning = checked.warnings.find((w) => w.code === code && w.says.includes(words))
  if (!warning) return undefined
  const says = `${checked.name}，${warning.place}：${warning.says}。${warning.remedy}`
  return { by: 'evaluation.checkScheme', says, facts: [], open: `/evaluation/schemes/${id}` }
}
