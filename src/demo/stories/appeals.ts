import { meetingOf, recordAndSign } from '../acts.ts'
import type { Event } from '../event.ts'
import type { Stage } from '../stage.ts'
import type { Problem } from '../story.ts'
import { COMMITTEE } from '../unit.ts'

const BRANCH = '综采准备队'
const PERIOD = '2026-Q2'
const HELD = '2026-06-29'
const NAME = '党支部季度组织生活考核表'

/** A quarter's sheet whose own rule asks for half of those entitled at an assembly. */
const SCHEME = `
format: rongjian-scheme/1
key: quarter-organisational-life
name: ${NAME}
object: { kind: branch, as: 党支部 }
completeness: full
source: [{ title: 示例矿业集团一矿党支部季度考核办法, documentNo: 示例矿党〔2026〕11号 }]
period: { every: quarter }
rounding: { digits: 2, mode: half-up, at: total }
notApplicable: scale
sheets:
  - key: main
    name: 季度考核表
    total: 100
    items:
      - name: 党员大会
        max: 40
        source: { from: duty, measure: duties.met, filter: { duty: memberAssembly, quorate: required } }
        rules: [{ kind: share, note: 到会有表决权的党员不到应到会半数的，本办法不计召开 }]
      - { name: 支委会, max: 30, source: { from: duty, measure: duties.met, filter: { duty: branchCommittee } }, rules: [{ kind: share }] }
      - { name: 主题党日, max: 30, source: { from: duty, measure: duties.met, filter: { duty: themePartyDay } }, rules: [{ kind: share }] }
grades: { by: score, bands: [{ name: 较好, atLeast: 80 }, { name: 一般, atLeast: 50, below: 80 }, { name: 较差, below: 50 }] }
`

const org = (stage: Stage, key = BRANCH) => stage.orgs.get(key)!
const rosterOf = async (stage: Stage) => (await stage.owner('members.roster', { orgId: org(stage), limit: 100 })).items

/** The one whose 组织关系 is received elsewhere on the 20th, remembered from before that day. */
async function moving(stage: Stage) {
  const leaders = new Set([...stage.people].filter(([k]) => k.startsWith(`${BRANCH} `)).map(([, id]) => id))
  return (await rosterOf(stage)).filter((p) => p.standing === 'fullMember' && !leaders.has(p.personId)).at(-1)!
}

async function transfer(stage: Stage): Promise<void> {
  const { membershipId } = await moving(stage)
  await stage.owner('members.transfer', { membershipId, on: '2026-06-20', toOrgId: org(stage, '监测监控队') })
}

const COME = 10

async function assembly(stage: Stage): Promise<void> {
  const roster = await rosterOf(stage)
  const last = (await moving(stage)).personId
  const full = roster.filter((p) => p.standing === 'fullMember')
  const leaders = new Set([...stage.people].filter(([k]) => k.startsWith(`${BRANCH} `)).map(([, id]) => id))
  const away = [last, ...full.map((p) => p.personId).filter((id) => id !== last && !leaders.has(id))].slice(0, full.length - COME)
  const absent = away.map((personId) => ({ personId, reason: 'onDuty' as const, note: '' }))
  stage.people.set(`${BRANCH} 会议`, await recordAndSign(stage, BRANCH, meetingOf(stage, BRANCH, ['memberAssembly'], HELD, { absent })))
}

async function publish(stage: Stage): Promise<void> {
  const orgId = org(stage, COMMITTEE.key)
  const { id, version } = await stage.owner('evaluation.saveScheme', { orgId, yaml: SCHEME })
  await stage.owner('evaluation.publishScheme', { id, version, documentNo: '示例矿党〔2026〕11号' })
  await stage.number()
  await stage.owner('evaluation.publishRun', { orgId, schemeId: id, period: PERIOD, appealsUntil: '2026-07-15' })
}

async function runOf(stage: Stage) {
  const { items } = await stage.owner('evaluation.runs', { orgId: org(stage, COMMITTEE.key), period: PERIOD })
  return items.find((r) => r.schemeName === NAME)
}

async function appeal(stage: Stage): Promise<void> {
  const reason = '有一名党员的组织关系 6 月 20 日已转出，附回执，6 月 29 日不应计入应到'
  const secretary = stage.people.get(`${BRANCH} 书记`)!
  const run = await runOf(stage)
  await stage.as(secretary, 'evaluation.fileAppeal', { orgId: org(stage), runId: run!.id, path: '党员大会', reason })
}

async function decide(stage: Stage): Promise<void> {
  const { items } = await stage.owner('evaluation.appeals', { orgId: org(stage) })
  const { id, version } = items[0]!
  const decision = '回执属实，准予更正应到人数后重算'
  await stage.owner('evaluation.decideAppeal', { orgId: org(stage), id, version, outcome: 'upheld', decision })
}

async function correct(stage: Stage): Promise<void> {
  const recorder = stage.people.get(`${BRANCH} 记录`)!
  const id = stage.people.get(`${BRANCH} 会议`)!
  const { version } = await stage.as(recorder, 'meetings.get', { id })
  await stage.as(recorder, 'meetings.correct', { id, version, text: '附组织关系回执，更正应到人数', change: {} })
}

async function recalculate(stage: Stage): Promise<void> {
  await stage.number()
  const { id, version } = (await runOf(stage))!
  await stage.owner('evaluation.recalculateRun', { id, version })
}

const at = (on: string, time: string, run: (stage: Stage) => Promise<unknown>): Event => ({ on, time, run })

/** A member still stands in 应到 after the transfer, so an assembly seems below half; the branch appeals with the receipt and wins. */
const wrongDenominator: Problem = {
  key: 'wrong-denominator',
  takes: [`${BRANCH} memberAssembly 2026-05`],
  events: (faulty) => [
    ...(faulty ? [] : [at('2026-06-20', '16:00', transfer)]),
    at(HELD, '18:00', assembly),
    at('2026-07-08', '09:00', publish),
    ...(faulty
      ? [
          at('2026-07-09', '08:30', transfer),
          at('2026-07-09', '09:00', appeal),
          at('2026-07-10', '09:00', decide),
          at('2026-07-10', '15:00', correct),
          at('2026-07-13', '09:00', recalculate),
        ]
      : []),
  ],
  look: async (stage) => {
    const run = await runOf(stage)
    const ref = { orgId: org(stage), runId: run!.id }
    const result = await stage.owner('evaluation.result', ref)
    const [after] = result.recalculated
    if (!after || after.gradeBefore === after.gradeAfter) return undefined
    const { items } = await stage.owner('evaluation.appeals', ref)
    const path = after.items[0]!.path
    const { cases, sentence } = await stage.owner('evaluation.cases', { ...ref, path })
    const says = `${result.org.name}申诉：${items[0]!.reason}。${items[0]!.stateName}：${items[0]!.decision}。得分 ${after.scoreBefore} → ${after.scoreAfter}，等次 ${after.gradeBefore} → ${after.gradeAfter}；${path}${sentence}`
    const facts = cases.flatMap((c) => c.facts.map((f) => f.id))
    return {
      by: 'evaluation.result',
      says,
      facts,
      open: `/evaluation/result?org=${ref.orgId}&run=${ref.runId}&item=${encodeURIComponent(path)}`,
    }
  },
}

const JUDGED = '装运队'

/** Somebody of a branch is sent to judge that branch; without the fault somebody of another. */
const ownScore: Problem = {
  key: 'own-score',
  events: (faulty) => [
    at('2026-07-02', '09:00', async (stage) => {
      const from = org(stage, faulty ? JUDGED : '选煤机电')
      const { items } = await stage.owner('members.roster', { orgId: from, limit: 100 })
      const personId = items.filter((p) => p.standing === 'fullMember').at(-1)!.personId
      await stage.owner('organisation.appoint', { orgId: org(stage, JUDGED), personId, role: 'evaluator', from: '2026-07-02' })
    }),
  ],
  look: async (stage) => {
    const { items } = await stage.owner('evaluation.recusals', { orgId: org(stage, COMMITTEE.key) })
    const [found] = items
    return (
      found && {
        by: 'evaluation.recusals',
        says: `${found.says}。依据：${found.source}。${found.remedy}`,
        facts: found.facts,
        open: found.open,
      }
    )
  },
}

export const appealProblems = [wrongDenominator, ownScore]
