import { randomUUID } from 'node:crypto'
import { visitor } from '#testing/visitor.ts'
import type { World } from '#testing/world.ts'
import type { Office } from './contract.ts'
import { firstRunCode } from './published.ts'

export const PASSWORD = '海阔凭鱼跃-天高任鸟飞翔'
export const FIRST = { unitName: '示例矿业集团有限公司', name: '王某某', login: 'A1001', password: PASSWORD }

/** Does the first run and answers the browser of the first 系统管理员. */
export async function begin(w: World) {
  const system = visitor(w)
  await system.done('identity.firstRun', { ...FIRST, code: (await firstRunCode(w.db))! })
  return system
}

/** Sets a password with a one-time code in a fresh browser, which is then signed in. */
export async function activated(w: World, login: string, code: string, password = PASSWORD) {
  const browser = visitor(w, { source: `10.1.0.${(next % 250) + 1}` })
  next++
  await browser.done('identity.activate', { login, code, password })
  return browser
}
let next = 0

/** The three officers and the 党务干部 of the whole unit, each signed in. */
export async function officers(w: World) {
  const system = await begin(w)
  const named = async (office: Office, name: string, login: string) => {
    const { slip } = await system.done('identity.issueOffice', { office, name, login })
    return activated(w, login, slip!.code)
  }
  // The 党务干部 first: from the first security officer on, every office needs approval.
  const worker = await named('partyAffairsWorker', '赵某某', 'A1004')
  const audit = await named('auditOfficer', '孙某某', 'A1003')
  const security = await named('securityOfficer', '李某某', 'A1002')
  return { system, security, audit, worker }
}

export const someId = () => randomUUID()
