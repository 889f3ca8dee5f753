import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { conflict, forbidden, type Verdict } from '#kernel/errors.ts'
import { anyone, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf } from '#kernel/paging.ts'
import type { Behind as BehindState } from '#ledger/epoch.ts'
import { headCode } from '#ledger/headCode.ts'
import { ledgerStatus } from '#ledger/status.ts'
import { type Behind, EpochStep, type HeadRow, Heads, HeadsInput, OpenEpochInput, Status, Verification } from '../contract.ts'
import { asked, forgetAsked, keepAsked } from '../epochAsked.ts'
import { services } from '../services.ts'
import { beginVerification, verification as lastVerification } from '../verification.ts'

export const status = query('ledger.status', {
  title: '账本现在的情况',
  input: z.object({}),
  output: Status,
  may: anyone,
  run: async (ctx) => {
    const { waitingSince, ...now } = await ledgerStatus(ctx.db)
    const { readOnly, publicKeys, state } = services()
    const stands = state()
    return {
      ...now,
      waitingSince: waitingSince?.toISOString() ?? null,
      readOnly: readOnly(),
      publicKeys: [...publicKeys],
      behind: stands.readOnly !== null && opens(ctx.actor) === true ? behindFor(ctx.actor, ctx.now, stands) : null,
    }
  },
})

function behindFor(actor: Actor, now: Date, state: BehindState): z.input<typeof Behind> {
  const request = asked(now)
  const verdict = mayOpen(actor, now)
  return {
    size: state.size,
    fromSize: state.agreed,
    knownSize: state.known.size,
    asked: request ? { by: request.name, at: request.at.toISOString() } : null,
    can: verdict === true ? true : { code: verdict.code, message: verdict.message },
  }
}

export const heads = query('ledger.heads', {
  title: '签过名的树头',
  input: HeadsInput,
  output: Heads,
  may: anyone,
  run: async (ctx, { after, limit }) => {
    const order = [
      { by: sql`epoch`, desc: true },
      { by: sql`size`, desc: true },
    ]
    const { rows } = await sql<Omit<z.input<typeof HeadRow>, 'code'>>`select epoch, size, encode(root, 'hex') as root,
        to_char(signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "signedAt", key_id as "keyId",
        translate(encode(signature, 'base64'), E'\\n', '') as signature
      from ledger.head where ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.epoch, Number(row.size)])
    return {
      ...page,
      items: page.items.map((row) => ({ ...row, size: Number(row.size), code: headCode({ ...row, size: Number(row.size) }) })),
    }
  },
})

export const verify = command('ledger.verify', {
  title: '校验整本账',
  input: z.object({}),
  output: Verification,
  evenReadOnly: true,
  may: (actor) => actor.holds('ledger.verify', '/'),
  run: async (ctx) => {
    ctx.afterCommit.push(beginVerification)
    return lastVerification()
  },
})

export const verification = query('ledger.verification', {
  title: '最近一次校验的进度和结果',
  input: z.object({}),
  output: Verification,
  may: (actor) => actor.holds('ledger.verify', '/'),
  run: async () => lastVerification(),
})

const opens = (actor: Actor) => actor.holds('ledger.openEpoch', '/')

/** The first officer asks, another one signs. */
function mayOpen(actor: Actor, now: Date): Verdict {
  const right = opens(actor)
  if (right !== true) return right
  if (!actor.accountId) return forbidden('officers-themselves', '开启新纪元要由两名管理员用自己的账号办理')
  if (asked(now)?.accountId === actor.accountId) return conflict('another-officer', '你已经提出，请另一名管理员半小时内登录后签署')
  return true
}

export const openEpoch = command('ledger.openEpoch', {
  title: '开启新纪元（一名管理员提出，另一名签署）',
  input: OpenEpochInput,
  output: EpochStep,
  evenReadOnly: true,
  may: opens,
  run: async (ctx, { fromSize, knownSize }) => {
    const { actor, now } = ctx
    const state = services().state()
    if (state.readOnly === null) throw conflict('not-behind', '账本与数据库外的树头一致，不需要开启新纪元')
    if (state.agreed !== fromSize || state.known.size !== knownSize)
      throw conflict('ledger-moved', '账本的情况已经变了，请刷新后看清新的范围再办')
    const verdict = mayOpen(actor, now)
    if (verdict !== true) throw verdict
    const first = asked(now)
    if (!first) {
      ctx.afterCommit.push(() => keepAsked({ accountId: actor.accountId!, name: actor.name, at: now }))
      return { opened: false }
    }
    // In a transaction of its own, which alone may write while everything else may not.
    await services().openEpoch([first.accountId, actor.accountId!])
    forgetAsked()
    return { opened: true }
  },
})
