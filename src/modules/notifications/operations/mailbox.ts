import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, forbidden, missing } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { openAddress, sealAddress, services } from '../services.ts'

const CODE_MINUTES = 30
const TRIES = 5

const State = z.object({
  /** Whether this unit sends mail at all. */
  offered: z.boolean(),
  /** Where to, the greater part hidden; null when nothing is set. */
  address: z.string().nullable(),
  confirmed: z.boolean(),
  digest: z.boolean(),
})

interface Row {
  address_sealed: string
  code_hash: string | null
  code_until: Date | null
  tries: number
  confirmed_at: Date | null
  digest: boolean
}

export const mailbox = query('notifications.mailbox', {
  title: '我的邮件提醒',
  input: z.object({}),
  output: State,
  may: anyone,
  run: async (ctx) => stateOf(ctx, await rowOf(ctx)),
})

export const setMailbox = command('notifications.setMailbox', {
  title: '设置接收提醒的邮箱',
  input: z.object({ address: z.email('请填完整的邮箱地址，如 name@example.com').max(200) }),
  output: State,
  secret: true,
  may: anyone,
  run: async (ctx, { address }) => {
    const personId = own(ctx)
    if (!services().channels.mail) throw conflict('mail-off', '本单位没有开通邮件提醒。消息照常在系统里看')
    const known = await rowOf(ctx, true)
    if (known?.code_until && ctx.now.getTime() < known.code_until.getTime() - (CODE_MINUTES - 1) * 60_000)
      throw conflict('code-just-sent', '验证码刚发过，请等一分钟再试')
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const until = new Date(ctx.now.getTime() + CODE_MINUTES * 60_000)
    const sealed = sealAddress(address, 'mailbox', personId)
    await sql`insert into notifications.mailbox (person_id, address_sealed, code_hash, code_until, changed_at)
      values (${personId}, ${sealed}, ${hashOf(personId, code)}, ${until}, ${ctx.now})
      on conflict (person_id) do update set address_sealed = excluded.address_sealed, code_hash = excluded.code_hash,
        code_until = excluded.code_until, tries = 0, confirmed_at = null, changed_at = excluded.changed_at`.execute(ctx.db)
    await sql`insert into notifications.delivery (id, person_id, channel, subject, body, made_at, due_at, at_once)
      values (${newId()}, ${personId}, 'mail', '确认接收提醒的邮箱', ${wordsOf(code)}, ${ctx.now}, ${ctx.now}, true)`.execute(ctx.db)
    return stateOf(ctx, await rowOf(ctx))
  },
})

const wordsOf = (code: string) =>
  `验证码：${code}\n\n有人在党建工作平台里把这个邮箱设为接收提醒的地址。如果是你本人，请在 ${CODE_MINUTES} 分钟内填入验证码；不是的话不用理会，不会再收到邮件。`

export const confirmMailbox = command('notifications.confirmMailbox', {
  title: '确认接收提醒的邮箱',
  input: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, '验证码是 6 位数字'),
  }),
  output: State,
  secret: true,
  may: anyone,
  run: async (ctx, { code }) => {
    const personId = own(ctx)
    const row = await rowOf(ctx, true)
    if (!row) throw missing()
    if (row.confirmed_at) return stateOf(ctx, row)
    if (!row.code_hash || row.code_until! < ctx.now || row.tries >= TRIES) throw conflict('code-over', '验证码已失效，请重新发一个')
    const right = timingSafeEqual(Buffer.from(hashOf(personId, code)), Buffer.from(row.code_hash))
    await sql`update notifications.mailbox set tries = tries + 1 where person_id = ${personId}`.execute(ctx.db)
    if (!right) return stateOf(ctx, row)
    await sql`update notifications.mailbox set confirmed_at = ${ctx.now}, code_hash = null, code_until = null where person_id = ${personId}`.execute(
      ctx.db,
    )
    return stateOf(ctx, await rowOf(ctx))
  },
})

export const changeMailbox = command('notifications.changeMailbox', {
  title: '开关邮件提醒',
  input: z.object({ digest: z.boolean(), forget: z.boolean().default(false).describe('连地址一起删除') }),
  output: State,
  may: anyone,
  run: async (ctx, { digest, forget }) => {
    const personId = own(ctx)
    if (forget) await sql`delete from notifications.mailbox where person_id = ${personId}`.execute(ctx.db)
    else
      await sql`update notifications.mailbox set digest = ${digest}, changed_at = ${ctx.now} where person_id = ${personId}`.execute(ctx.db)
    return stateOf(ctx, await rowOf(ctx))
  },
})

function own({ actor }: Ctx): string {
  if (actor.personId) return actor.personId
  throw forbidden('no-person', '这个账号不是某个人的，不能设置接收提醒的邮箱')
}

async function rowOf(ctx: Ctx, locked = false): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select address_sealed, code_hash, code_until, tries, confirmed_at, digest
    from notifications.mailbox where person_id = ${ctx.actor.personId} ${locked ? sql`for update` : sql``}`.execute(ctx.db)
  return rows[0]
}

const stateOf = (ctx: Ctx, row: Row | undefined): z.output<typeof State> => ({
  offered: services().channels.mail !== undefined,
  address: row ? hidden(openAddress(row.address_sealed, 'mailbox', ctx.actor.personId!)) : null,
  confirmed: !!row?.confirmed_at,
  digest: row?.digest ?? false,
})

/** `wang@example.com` → `w***@example.com`. */
const hidden = (address: string) => address.replace(/^(.).*@/, '$1***@')

const hashOf = (personId: string, code: string) => createHash('sha256').update(`${personId} ${code}`).digest('hex')
