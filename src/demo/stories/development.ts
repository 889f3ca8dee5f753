import type { Stage } from '../stage.ts'
import type { Problem, Sight } from '../story.ts'

interface Step {
  no: number
  on: string
}

const listOf = (days: Record<number, string | string[]>): Step[] =>
  Object.entries(days).flatMap(([no, on]) => [on].flat().map((day) => ({ no: Number(no), on: day })))

/** The secretary enters somebody whose way began on paper. */
const enter = (branch: string, name: string, steps: Step[]) => (stage: Stage) =>
  stage.as(stage.people.get(`${branch} 书记`)!, 'development.enter', {
    orgId: stage.orgs.get(branch)!,
    name,
    place: '支部档案柜',
    steps,
  })

/** What the product says by itself about the ways in a branch. */
async function finding(stage: Stage, branch: string, code: string): Promise<Sight | undefined> {
  const { items } = await stage.owner('development.findings', { orgId: stage.orgs.get(branch)! })
  const found = items.find((f) => f.code === code)
  return (
    found && {
      by: 'development.findings',
      says: `${found.says}。依据：${found.clause}。据纸质材料补录，请核对原文`,
      facts: found.facts,
      open: found.open,
    }
  )
}

/** A 发展对象 after eleven months as 积极分子; without the fault after a year. */
const tooEarly: Problem = {
  key: 'too-early',
  events: (faulty) => [
    {
      on: '2026-03-20',
      time: '15:00',
      run: enter(
        '后勤服务',
        '申某某',
        listOf({
          1: '2024-11-05',
          2: '2024-11-20',
          3: '2025-03-10',
          4: '2025-03-28',
          5: '2025-04-01',
          6: ['2025-09-08', '2026-02-05'],
          7: faulty ? '2026-02-10' : '2026-03-11',
        }),
      ),
    },
  ],
  look: (stage) => finding(stage, '后勤服务', 'too-early'),
}

/** 预备期 from 29 February: full on 28 February, shown as 核对原文, never a hard alarm; without the fault from the 28th. */
const monthEnd: Problem = {
  key: 'month-end',
  events: (faulty) => [
    {
      on: '2026-03-18',
      time: '15:00',
      run: enter(
        '安监处',
        '毕某某',
        listOf({
          1: '2022-03-01',
          2: '2022-03-15',
          3: '2022-10-10',
          4: '2022-10-28',
          5: '2022-11-01',
          6: ['2023-04-06', '2023-10-09'],
          7: '2023-11-02',
          8: '2023-11-20',
          13: '2024-02-06',
          15: faulty ? '2024-02-29' : '2024-02-28',
          17: '2024-04-18',
          22: '2025-02-20',
          23: '2025-02-28',
          24: '2025-03-27',
        }),
      ),
    },
  ],
  look: (stage) => finding(stage, '安监处', 'month-end'),
}

export const developmentProblems = [tooEarly, monthEnd]
