import { dateName, onDay } from '#kernel/civilDate.ts'
import { type Block, blank, type PaperPlan, text } from '#runtime/document/document.ts'
import { DECISIONS, type Decision, kindOf } from '../contract.ts'
import type { Seen } from '../find.ts'

/** A 请示 upwards, signed by the issuer. */
export const requestPaper = (r: Seen, issuer: string, ledger: string): PaperPlan => ({
  title: r.title,
  letterhead: { sender: r.org_name, number: r.letter_no ?? '（未编文号）', issuer },
  blocks: [...requestParts(r), blank, { kind: 'signed', lines: [r.org_name, day(r.sent_on)] }],
  notes: [ledger],
})

/** The 批复 to it. */
export const replyPaper = (r: Seen, ledger: string): PaperPlan => ({
  title: replyTitle(r),
  letterhead: { sender: r.to_name, number: r.doc_no ?? '（未编文号）', issuer: null },
  blocks: [...replyParts(r), blank, { kind: 'signed', lines: [r.to_name, day(r.answered_on!)] }],
  notes: [ledger],
})

/** The title of the answer: the superior's name in the sender's place, 批复 for 请示. */
export const replyTitle = (r: Pick<Seen, 'title' | 'to_name' | 'org_name'>): string =>
  `${r.to_name}${r.title.replace(r.org_name, '').replace(/的?(请示|备案报告|报告|函)$/, '')}的批复`

const day = (date: string) => dateName(onDay(date))

/** The first line of a text is whom it is addressed to, as the template writes it; it stands without indent. */
function requestParts(r: Seen): Block[] {
  const [first = '', ...rest] = r.body.split('\n')
  const addressed = /[:：]$/.test(first.trim())
  return [text(addressed ? first.trim() : `${r.to_name}：`, { flush: true }), text(addressed ? rest.join('\n') : r.body)]
}

function replyParts(r: Seen): Block[] {
  const decision = DECISIONS[r.state as Decision]
  const sent = `你${/委员会|党委$/.test(r.org_name) ? '党委' : r.org_name.includes('总支') ? '总支' : '支部'} ${day(r.sent_on)} 报来的《${r.title}》收悉。`
  const said = `经研究，${decision}${kindOf(r.kind).title}事项。`
  return [text(`${r.org_name}：`, { flush: true }), text([sent, r.reply || said, '此复。'].join('\n'))]
}
