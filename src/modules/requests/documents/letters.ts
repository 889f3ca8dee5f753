import { Document, Packer } from 'docx'
import { dateName, onDay } from '#kernel/civilDate.ts'
import {
  blank,
  body,
  bodyStyles,
  FONT_NOTE,
  footers,
  grid,
  heading,
  letterhead,
  note,
  page,
  paragraph,
  plain,
  run,
  signed,
} from '#runtime/paper.ts'
import { DECISIONS, type Decision, kindOf } from '../contract.ts'
import type { Seen } from '../find.ts'

/** A 请示 or a 批复 as a Word document on a GB/T 9704-2012 page. */
export function letterDocument(r: Seen, which: 'request' | 'reply', issuer: string, ledger: string): Promise<Buffer> {
  const title = which === 'request' ? r.title : replyTitle(r)
  const children = which === 'request' ? requestParts(r, issuer) : replyParts(r)
  const document = new Document({
    title: plain(title),
    creator: '融建',
    evenAndOddHeaderAndFooters: true,
    styles: bodyStyles,
    sections: [{ properties: { page, grid }, footers: footers(), children: [...children, blank(), note(ledger), note(FONT_NOTE)] }],
  })
  return Packer.toBuffer(document)
}

/** The title of the answer: the superior's name in the sender's place, 批复 for 请示. */
export const replyTitle = (r: Pick<Seen, 'title' | 'to_name' | 'org_name'>): string =>
  `${r.to_name}${r.title.replace(r.org_name, '').replace(/的?(请示|备案报告|报告|函)$/, '')}的批复`

const day = (date: string) => dateName(onDay(date))

/** The first line of a text is whom it is addressed to, as the template writes it; it stands without indent. */
function requestParts(r: Seen, issuer: string) {
  const [first = '', ...rest] = r.body.split('\n')
  const addressed = /[:：]$/.test(first.trim())
  return [
    ...letterhead(r.org_name, r.letter_no ?? '（未编文号）', issuer),
    heading(r.title),
    blank(),
    paragraph([run(addressed ? first.trim() : `${r.to_name}：`)]),
    ...body(addressed ? rest.join('\n') : r.body),
    blank(),
    ...signed(r.org_name, day(r.sent_on)),
  ]
}

function replyParts(r: Seen) {
  const decision = DECISIONS[r.state as Decision]
  const sent = `你${/委员会|党委$/.test(r.org_name) ? '党委' : r.org_name.includes('总支') ? '总支' : '支部'} ${day(r.sent_on)} 报来的《${r.title}》收悉。`
  const said = `经研究，${decision}${kindOf(r.kind).title}事项。`
  return [
    ...letterhead(r.to_name, r.doc_no ?? '（未编文号）', null),
    heading(replyTitle(r)),
    blank(),
    paragraph([run(`${r.org_name}：`)]),
    ...body([sent, r.reply || said, '此复。'].join('\n')),
    blank(),
    ...signed(r.to_name, day(r.answered_on!)),
  ]
}
