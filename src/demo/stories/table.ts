import type { Problem } from '../story.ts'
import { appealProblems } from './appeals.ts'
import { developmentProblems } from './development.ts'
import { duesProblems } from './dues.ts'
import { dutyProblems } from './duties.ts'
import { electionProblems } from './elections.ts'
import { schemeStory } from './evaluation.ts'
import { innocences } from './innocent.ts'
import { meetingProblems } from './meetings.ts'
import { planProblems } from './plans.ts'
import { structureProblems } from './structure.ts'
import { taskProblems } from './tasks.ts'
import { transferProblems } from './transfers.ts'

/** The schemes of the product whose contradictions the unit's office should see. */
const schemeProblems = [
  schemeStory('scheme-gap', '03-healthy-branch-stars.yaml', { code: 'band-gap', says: '89 与 90' }, (yaml) =>
    yaml.replace('atMost: 89', 'below: 90'),
  ),
  schemeStory('step-sum', '04-quality-system-branch.yaml', { code: 'step-sum', says: '满分 3' }, (yaml) =>
    yaml.replace('{ name: 落实, marks: 1 }', '{ name: 落实, marks: 0 }'),
  ),
]

/** Every seeded problem that a module of this release finds, but `tampered`, which needs a copy (tampering.ts). */
export const problems: readonly Problem[] = [
  ...dutyProblems,
  ...meetingProblems,
  ...schemeProblems,
  ...appealProblems,
  ...transferProblems,
  ...taskProblems,
  ...developmentProblems,
  ...duesProblems,
  ...electionProblems,
  ...structureProblems,
  ...planProblems,
]
export { innocences }
export const PROBLEM_KEYS = [...problems.map((p) => p.key), 'tampered']
export const ALARM_KEYS: readonly string[] = innocences.map((i) => i.key)
