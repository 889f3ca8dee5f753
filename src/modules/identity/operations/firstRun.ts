import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid } from '#kernel/errors.ts'
import { anyone, command, query } from '#kernel/operation.ts'
import { beginOffice, newAccount } from '../accounts.ts'
import { beginAttempt, clearAttempts, failAttempt } from '../attempts.ts'
import { FirstRun, Next, Welcome } from '../contract.ts'
import { installation } from '../installation.ts'
import { newLoginOf } from '../logins.ts'
import { hashOfChoice, setPassword } from '../passwords.ts'
import { RULES } from '../rules.ts'
import { codeIndex } from '../secrets.ts'
import { services } from '../services.ts'
import { openSession } from '../sessions.ts'
import { tables } from '../tables.ts'

export const welcome = query('identity.welcome', {
  title: '登录前的页面',
  input: z.object({}),
  output: Welcome,
  open: true,
  may: anyone,
  run: async (ctx) => {
    const { unitName, stage, profile } = await installation(ctx.db, ctx.now)
    const { oidc, version } = services()
    return {
      stage,
      unit: unitName === null ? null : { name: unitName },
      passwordRule: RULES[profile].password,
      provider: oidc ? { label: oidc.label, to: '/oidc' } : null,
      version,
    }
  },
})

export const firstRun = command('identity.firstRun', {
  title: '首次使用：建单位和第一位系统管理员',
  input: FirstRun,
  output: Next,
  open: true,
  secret: true,
  prepare: async (ctx, { code, unitName, name, login, password }) => {
    if ((await installation(ctx.db, ctx.now)).stage !== 'empty') throw alreadySetUp()
    const attempt = await beginAttempt(ctx, 'first-run', null, 'code')
    const made = await tables(ctx).selectFrom('identity.first_run').select('code_index').executeTakeFirst()
    if (made?.code_index !== codeIndex(code)) {
      const message = '开通码不对。它印在启动程序的屏幕上；重新启动会印出新的，旧的作废'
      return failAttempt(ctx, attempt, 'wrongCode', invalid('wrong-code', message, { code: [message] }))
    }
    await clearAttempts(ctx, attempt)
    const known = newLoginOf(login)
    const words = [name, known.shown, unitName]
    return { login: known, hash: await hashOfChoice(ctx, { password, field: 'password', words, accountId: null }) }
  },
  may: anyone,
  run: async (ctx, { unitName, name }, _none, { login, hash }) => {
    const { rows } = await sql`insert into identity.installation (id, unit_name, set_up_at) values (1, ${unitName}, ${ctx.now})
      on conflict (id) do nothing returning id`.execute(ctx.db)
    if (rows.length === 0) throw alreadySetUp()
    await tables(ctx).deleteFrom('identity.first_run').execute()
    const id = await newAccount(ctx, name, login)
    ctx.found = { accountId: id, personId: null, name }
    await setPassword(ctx, id, hash)
    await beginOffice(ctx, id, 'systemOfficer')
    await openSession(ctx, { id, office: 'systemOfficer' }, 'password')
    return { next: 'in' as const }
  },
})

const alreadySetUp = () => conflict('already-set-up', '这里已经设好了单位和系统管理员，请直接登录')
