import { randomUUID } from 'node:crypto'
import { Actor } from '#kernel/actor.ts'
import type { Module } from '#kernel/module.ts'
import type { RequestPort } from '#kernel/operation.ts'
import { type Pipeline, perform } from '#kernel/perform.ts'
import { firstRunCode } from '#modules/identity/published.ts'
import { grantsOfRole } from '../actors.ts'
import { modules } from '../platform.ts'
import type { Stage } from './stage.ts'

export interface DemoAccount {
  who: string
  login: string
  password: string
}

/** The same for everybody: the example unit is for looking, and lies on this machine only. */
const PASSWORD = 'Yanshi-0918-kankan'

const operations = (modules as readonly Module[]).flatMap((m) => m.operations)

/** Opens accounts the way a unit does: first run, slips for the offices, slips from the roster, activation by each. */
export async function openAccounts(stage: Stage, pipeline: Pipeline): Promise<DemoAccount[]> {
  const code = await firstRunCode(pipeline.db)
  const name = '示例矿业集团一矿有限责任公司'
  await ask(pipeline, nobody, 'identity.firstRun', { code, unitName: name, name: '管某甲', login: 'GLY01', password: PASSWORD })
  const officer = new Actor({
    accountId: randomUUID(),
    personId: null,
    name: '管某甲',
    sessionId: null,
    grants: grantsOfRole('systemOfficer'),
  })
  const made: DemoAccount[] = [{ who: '系统管理员', login: 'GLY01', password: PASSWORD }]
  const offices = [
    ['auditOfficer', '审计管理员', '审某丙', 'GLY03'],
    ['partyAffairsWorker', '党务干部（全单位）', '党某丁', 'DQ001'],
    ['securityOfficer', '安全管理员', '安某乙', 'GLY02'],
  ] as const
  for (const [office, who, person, login] of offices) {
    const { slip } = (await ask(pipeline, officer, 'identity.issueOffice', { office, name: person, login, validDays: 7 })) as {
      slip: { code: string }
    }
    await ask(pipeline, nobody, 'identity.activate', { login, code: slip.code, password: PASSWORD })
    made.push({ who, login, password: PASSWORD })
  }
  for (const [org, wanted] of [
    [
      '机电队',
      [
        ['书记', '机电队党支部书记'],
        ['党员', '机电队党员'],
      ],
    ],
    ['机关第一', [['党委书记', '党委书记']]],
  ] as const) {
    const slips = await slipsFor(stage, pipeline, officer, org)
    for (const [key, who] of wanted) {
      const person = stage.people.get(key === '书记' ? `${org} 书记` : key)
      const slip = slips.find((s) => s.personId === person) ?? slips.at(-1)!
      await ask(pipeline, nobody, 'identity.activate', { login: slip.login, code: slip.code, password: PASSWORD })
      made.push({ who, login: slip.login, password: PASSWORD })
    }
  }
  return made
}

interface Slip {
  personId: string
  login: string
  code: string
}

async function slipsFor(stage: Stage, pipeline: Pipeline, officer: Actor, org: string): Promise<Slip[]> {
  const input = { orgId: stage.orgs.get(org)!, title: `${org}党支部首批开通`, validDays: 30 }
  return ((await ask(pipeline, officer, 'identity.issueSlips', input)) as { slips: Slip[] }).slips
}

const nobody = new Actor({ accountId: null, personId: null, name: '未登录', sessionId: null, grants: [] })
const port: RequestPort = {
  source: '127.0.0.1',
  userAgent: '',
  cookies: {},
  setCookie: () => {},
  clearCookie: () => {},
  clearSiteData: () => {},
}

const ask = (pipeline: Pipeline, actor: Actor, name: string, raw: unknown) =>
  perform(pipeline, operations.find((o) => o.name === name)!, { actor, raw, requestId: randomUUID(), request: port })
