import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import { forbidden, type Verdict } from '#kernel/errors.ts'
import { type Ctx, download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { type Precision, STANDINGS, type Standing } from '#modules/members/contract.ts'
import { lifeText } from '#modules/members/published.ts'
import { statement } from '#runtime/word.ts'
import { CAUSES } from '../contract.ts'
import { type Transfer, transferSeen } from '../store.ts'

const One = z.object({ id: z.uuid(), format: Format })
type Reader = { holds: (capability: string, path: string) => Verdict }

const atEitherSide = (actor: Reader, { fromPath, toPath }: Transfer): Verdict =>
  [fromPath, toPath].some((path) => path !== null && actor.holds('transfers.manage', path) === true) ||
  forbidden('not-yours-to-print', '介绍信和回执由两边支部打印，请找支部书记或组织委员')

export const letter = download('transfers.letter', {
  title: '打印组织关系介绍信',
  input: One,
  load: async (ctx, { id }) => {
    const transfer = await transferSeen(ctx, id)
    return transfer?.direction === 'in' ? undefined : transfer
  },
  may: atEitherSide,
  run: async (ctx, { format }, t) => {
    const who = await personOf(ctx, t)
    const paper = statement({
      title: '中国共产党党员组织关系介绍信',
      number: t.letterNo,
      paragraphs: [
        `${t.toName}：`,
        `${t.name}同志（${who}）系中共${STANDINGS[await standingOf(ctx, t)]}，因${CAUSES[t.cause]}，组织关系由${t.fromName}转往你处，请接收。`,
        `党费交至 ${t.sentOn.slice(0, 7)} 以转出支部的党费记录为准。`,
        `有效期至 ${dateName(onDay(t.validUntil))}。`,
      ],
      closing: [t.fromName, dateName(onDay(t.sentOn)), '（盖章）'],
      notes: ['第二联由党员本人交接收单位，第一联存根由转出单位留存；接收后请把回执寄回。', '过有效期的介绍信由转出单位重开。'],
    })
    return printed(paper, `介绍信-${t.name}-${t.sentOn}`, format)
  },
})

export const receipt = download('transfers.receipt', {
  title: '打印组织关系回执',
  input: One,
  load: async (ctx, { id }) => {
    const transfer = await transferSeen(ctx, id)
    return transfer && transfer.state === 'received' && transfer.direction !== 'out' ? transfer : undefined
  },
  may: atEitherSide,
  run: async (ctx, { format }, t) => {
    const paper = statement({
      title: '党员组织关系介绍信回执',
      number: t.letterNo,
      paragraphs: [
        `${t.fromName}：`,
        `你处 ${dateName(onDay(t.sentOn))} 开出的介绍信（${t.letterNo}）收悉，${t.name}同志的组织关系已转到${t.toName}，自 ${dateName(onDay(t.settledOn!))} 起编入本支部名册。`,
      ],
      closing: [t.toName, dateName(onDay(dateAt(ctx.now))), '（盖章）'],
      notes: ['请把这份回执和介绍信存根一并保存。'],
    })
    return printed(paper, `回执-${t.name}-${t.settledOn}`, format)
  },
})

interface Known {
  sex: 'male' | 'female' | null
  nation: string | null
  joined_from: string | null
  joined_precision: Precision | null
}

async function personOf(ctx: Ctx, { personId }: Transfer): Promise<string> {
  const { rows } = await sql<Known>`select sex, nation, joined_from, joined_precision from members.profile
    where person_id = ${personId}`.execute(ctx.db)
  const known = rows[0]
  const joined = known?.joined_from && known.joined_precision
  return [
    known?.sex && { male: '男', female: '女' }[known.sex],
    known?.nation,
    joined && `${lifeText({ from: known.joined_from!, precision: known.joined_precision! })} 入党`,
  ]
    .filter(Boolean)
    .join('，')
}

async function standingOf(ctx: Ctx, { personId, sentOn }: Transfer): Promise<Standing> {
  const { rows } = await sql<{ standing: Standing }>`select standing from members.standing
    where person_id = ${personId} and valid @> ${sentOn}::date`.execute(ctx.db)
  return rows[0]?.standing ?? 'fullMember'
}
