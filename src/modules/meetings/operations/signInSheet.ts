import { z } from 'zod'
import { forbidden } from '#kernel/errors.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { writeXlsx } from '#runtime/sheets/write.ts'
import type { PlanView } from '../contract.ts'
import { sheetToSign } from '../documents/signInSheet.ts'
import { planPolicy, type SeenPlan, seenPlan, seesAgenda } from '../planning/find.ts'
import { planWhenText } from '../planning/notice.ts'
import { planView } from '../planning/view.ts'

type Actor = Ctx['actor']

const mayPrint = (actor: Actor, plan: SeenPlan) =>
  (seesAgenda(actor, plan) && planPolicy.tick(actor, { ...plan, state: 'announced' }) === true) ||
  forbidden('not-leading', '签到表由主持人、记录人或本组织委员打印')

/** The list to sign on paper; ticked off afterwards, it counts as much as any other way. */
export const signInSheet = download('meetings.signInSheet', {
  title: '打印签到表（Word、PDF）',
  input: z.object({ id: z.uuid(), format: Format }),
  snapshot: true,
  load: seenPlan,
  may: mayPrint,
  run: async (ctx, { format }, plan) => {
    const view = await planView(ctx, plan)
    return printed(sheetToSign(view, namesOn(view)), nameOf(view), format)
  },
})

export const signInTable = download('meetings.signInTable', {
  title: '下载签到表（Excel）',
  input: z.object({ id: z.uuid() }),
  snapshot: true,
  load: seenPlan,
  may: mayPrint,
  run: async (ctx, _input, plan) => {
    const view = await planView(ctx, plan)
    const rows = namesOn(view).map((name, i) => [i + 1, name.name, name.note, '', ''])
    const columns = [
      { title: '序号', width: 6, kind: 'number' as const },
      { title: '姓名', width: 14 },
      { title: '说明', width: 20 },
      { title: '签字', width: 20 },
      { title: '备注', width: 20 },
    ]
    const footer = [`${planWhenText(view)}${view.place ? `，${view.place}` : ''}。应到 ${view.expected} 人。`]
    return {
      fileName: `${nameOf(view)}.xlsx`,
      type: XLSX,
      body: writeXlsx([{ name: '签到表', title: nameOf(view), columns, rows, footer }]),
    }
  },
})

const nameOf = (v: PlanView) => `${v.orgName}${v.title}签到表${v.heldOn}`

/** Everybody expected by the roster of that day, then the guests. */
const namesOn = (v: PlanView): { name: string; note: string }[] => [
  ...[
    ...v.invited
      .filter((i) => i.part === 'expected' && !i.gone)
      .map((i) => ({ name: i.name, entitled: i.entitled, leave: i.answer === 'leave' })),
    ...v.joined.map((j) => ({ name: j.name, entitled: true, leave: false })),
  ].map(({ name, entitled, leave }) => ({
    name,
    note: [entitled ? '' : '没有表决权', leave ? '已请假' : ''].filter(Boolean).join('，'),
  })),
  ...v.invited.filter((i) => i.part === 'guest').map((i) => ({ name: i.name, note: '列席' })),
  ...v.observers.map((name) => ({ name, note: '列席' })),
]
