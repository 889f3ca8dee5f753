import { randomUUID } from 'node:crypto'
import { access, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { fieldCipher } from '#runtime/fieldCipher.ts'
import { passwordHasher } from '#runtime/password.ts'
import { type Installation, openInstallation } from '../src/installation.ts'
import { generate } from './generate.ts'
import { SIZES, type SizeName } from './sizes.ts'
import { type Node, tree } from './tree.ts'

/** A data folder that holds a generated unit, and who can sign in there. */
export interface Site {
  data: string
  size: SizeName
  unit: ReturnType<typeof tree>
  /** 工号 of the Party-affairs workers of the first large committee; and of the secretary of each branch of twenty. */
  officeLogins: string[]
  /** A Party-affairs worker of the root: sees the whole group. */
  rootLogin: string
  secretaries: { login: string; branch: Node }[]
  /** The organisation whose subtree the office workers see. */
  committee: Node
}

export const PASSWORD = 'Ceshi-0918-kankan'
const PEOPLE_SIGNED_IN = 20

/** Opens the generated unit of a size, generating it first when the folder does not hold it; `again` throws away what is there. */
export async function prepareSite(size: SizeName, log: (line: string) => void, folder?: string): Promise<Site> {
  const data = folder ?? join(tmpdir(), `rongjian-bench-${size}`)
  const unit = tree(SIZES[size])
  const committee = unit.orgs[1]!
  const site = { data, size, unit, committee, officeLogins: [], rootLogin: 'DWB', secretaries: [] } as Site
  for (let i = 0; i < PEOPLE_SIGNED_IN; i++) site.officeLogins.push(`DQ${i}`)
  site.secretaries = unit.ofTwenty.slice(0, PEOPLE_SIGNED_IN).map((branch, i) => ({ login: `SJ${i}`, branch }))
  if (await isReady(data)) return site
  await rm(data, { recursive: true, force: true })
  const installation = await openInstallation({ data, databaseUrl: undefined }, { role: 'command' })
  try {
    log(`generating ${size} in ${data}`)
    await generate(installation.owner, size, log)
    await giveAccounts(installation, site)
    const started = performance.now()
    const head = await installation.sequencer.drain()
    log(`  numbered ${head?.size} facts: ${((performance.now() - started) / 1000).toFixed(1)} s`)
    await inDatabase(installation.owner, (client) => client.query('vacuum analyze'))
    await markReady(installation)
  } finally {
    await installation.close()
  }
  return site
}

export async function inDatabase<T>(config: pg.ClientConfig, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  await client.connect()
  return use(client).finally(() => client.end())
}

/** Posts, accounts and passwords, as first run and activation slips would have made them. */
async function giveAccounts({ owner, keys }: Installation, { officeLogins, rootLogin, secretaries, committee, unit }: Site) {
  const hash = await passwordHasher().hash(PASSWORD, 'bench')
  const cipher = fieldCipher(keys)
  const loginKey = (login: string) => cipher.blindIndex(login, 'identity.staffNo')
  await inDatabase(owner, async (client) => {
    await client.query(`insert into identity.installation (id, unit_name, set_up_at) values (1, '示例集团', now())`)
    const people = [
      { login: rootLogin, org: unit.orgs[0]!, role: 'partyAffairsWorker' },
      ...officeLogins.map((login) => ({ login, org: committee, role: 'partyAffairsWorker' })),
      ...secretaries.map(({ login, branch }) => ({ login, org: branch, role: 'partySecretary' })),
    ]
    for (const { login, org, role } of people) {
      const [person, account] = [randomUUID(), randomUUID()]
      await client.query(`insert into organisation.person (id, name, staff_no) values ($1, '党某某', $2)`, [person, login])
      await client.query(
        `insert into organisation.post (id, org_id, person_id, role, valid) values (gen_random_uuid(), $1, $2, $3, '[2023-01-01,)')`,
        [org.id, person, role],
      )
      await client.query(
        `insert into identity.account (id, person_id, state, password_hash, password_at, created_at) values ($1, $2, 'active', $3, now(), now())`,
        [account, person, hash],
      )
      await client.query(`insert into identity.login (key, account_id, kind, shown) values ($1, $2, 'staffNo', $3)`, [
        loginKey(login),
        account,
        login,
      ])
    }
  })
}

async function isReady(data: string): Promise<boolean> {
  return access(join(data, 'rongjian.bench')).then(
    () => true,
    () => false,
  )
}

async function markReady({ folder }: Installation) {
  await writeFile(join(folder.root, 'rongjian.bench'), 'ready\n')
}
