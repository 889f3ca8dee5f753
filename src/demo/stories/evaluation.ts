import { readFile } from 'node:fs/promises'
import type { Stage } from '../stage.ts'
import type { Problem, Sight } from '../story.ts'

const shipped = (file: string) => readFile(new URL(`../../modules/evaluation/schemes/${file}`, import.meta.url), 'utf8')

/** Which warning is meant: its code and words in it. */
interface Sign {
  code: string
  says: string
}

/** A scheme with a contradiction lies among the drafts; without the fault the unit has already mended its copy. */
export function schemeStory(key: string, file: string, sign: Sign, mend: (yaml: string) => string): Problem {
  let text = ''
  return {
    key,
    events: (faulty) => [
      {
        on: '2026-02-10',
        run: async (stage) => {
          text = faulty ? await shipped(file) : mend(await shipped(file))
          await stage.owner('evaluation.saveScheme' as never, { yaml: text } as never)
        },
      },
    ],
    look: (stage) => schemeSight(stage, text, sign),
  }
}

interface Checked {
  name: string
  fingerprint: string
  warnings: { code: string; place: string; says: string; remedy: string }[]
}

async function schemeSight(stage: Stage, yaml: string, { code, says: words }: Sign): Promise<Sight | undefined> {
  const checked = (await stage.owner('evaluation.checkScheme' as never, { yaml } as never)) as unknown as Checked
  const warning = checked.warnings.find((w) => w.code === code && w.says.includes(words))
  if (!warning) return undefined
  const says = `${checked.name}，${warning.place}：${warning.says}。${warning.remedy}`
  return { by: 'evaluation.checkScheme', says, facts: [], open: `/evaluation/schemes/${checked.fingerprint.slice(0, 12)}` }
}
