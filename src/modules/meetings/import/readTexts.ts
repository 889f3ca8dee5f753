import type { Absence, MeetingKind } from '../contract.ts'

/** Somebody who did not come, with the reason as written and as it is counted. */
export type Absentee = { name: string; reason: Absence | null; text: string | null }

/** A resolution with who does it and by when, as written. */
export type Resolution = { text: string; owner: string | null; due: string | null }

/** The votes a cell tells. */
export type Votes = { inFavour: number; against: number; abstained: number }

/** The kinds a cell names, several at once; `unknown` are the words nobody knows. */
export const readKinds = (text: string): { kinds: MeetingKind[]; unknown: string[] } => {
  const words = text
    .normalize('NFKC')
    .split(/[,、;+/&|\n]+|\s{1,}|和|暨|及/)
    .map((word) => word.trim())
    .filter(Boolean)
  const found = words.map((word) => ({ word, kind: kindOf(word) }))
  return {
    kinds: [...new Set(found.flatMap(({ kind }) => kind ?? []))],
    unknown: found.filter(({ kind }) => !kind).map(({ word }) => word),
  }
}

const kindOf = (word: string): MeetingKind | null => kinds.find(([pattern]) => pattern.test(word))?.[1] ?? null

const kinds: [RegExp, MeetingKind][] = [
  [/民主评议/, 'democraticAppraisal'],
  [/民主生活会/, 'democraticLifeMeeting'],
  [/组织生活会/, 'orgLifeMeeting'],
  [/主题党日|党员活动日/, 'themePartyDay'],
  [/党课/, 'partyLecture'],
  [/党小组/, 'groupMeeting'],
  [/党委会|党委会议|总支委|总支部?委员会/, 'committeeMeeting'],
  [/支委|支部委员会/, 'branchCommittee'],
  [/党员大会|支部大会/, 'memberAssembly'],
  [/中心组/, 'centerGroupStudy'],
  [/^其他/, 'other'],
]

/** The people a cell says were absent: 杨某15(病假)、尤某50(因公出差), also 病假:杨某15、尤某50. */
export const readAbsent = (text: string): Absentee[] => {
  const plain = text.normalize('NFKC').trim()
  if (/^(无|没有|-|\/|全部到会|全勤)?$/.test(plain)) return []
  return plain.split(/[;\n]+/).flatMap((part) => {
    const led = /^([^:()]{1,12}):(.+)$/.exec(part.trim())
    const [reason, people] = led ? [led[1]!.trim(), led[2]!] : [null, part]
    return splitOutside(people).map((person) => absentee(person, reason))
  })
}

const absentee = (person: string, shared: string | null): Absentee => {
  const match = /^([^()]+?)\s*(?:\(([^)]*)\)?)?$/.exec(person.replace(/[。.]$/, ''))
  const name = (match?.[1] ?? person).replace(/\s+/g, '')
  const text = match?.[2]?.trim() || shared
  return { name, reason: text ? reasonOf(text) : null, text }
}

const reasonOf = (text: string): Absence => reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'other'

const reasons: [RegExp, Absence][] = [
  [/无故|旷会|未请假/, 'none'],
  [/值班|当班|上班|井下|倒班|夜班|在岗/, 'onDuty'],
  [/出差|因公|公出/, 'businessTrip'],
  [/病|住院|就医|产假|工伤/, 'sickLeave'],
  [/培训|学习|脱产/, 'training'],
  [/事假|探亲|休假|年假|年休|婚|丧|请假/, 'personalLeave'],
]

/** Names in a list, without empty ones. */
export const readNames = (text: string): string[] => splitOutside(text.normalize('NFKC')).map((name) => name.replace(/\s+/g, ''))

// Separators inside brackets belong to the reason; brackets farther away are not looked for, or long lists would take for ever.
const splitOutside = (text: string): string[] =>
  text
    .split(/[、,](?![^(]{0,100}\))|\s{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(无|-|\/)$/.test(part))

/** The numbered or separate lines of a text, without their numbers. */
export const readItems = (text: string): string[] =>
  text
    .split(/\n+|(?:^|(?<=[;；。\s]))(?=(?:\d{1,2}[.、．)](?!\d)|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、))/)
    .map((item) => item.replace(/^\s*(?:\d{1,2}[.、．)]|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、)\s*/, '').trim())
    .filter((item) => item !== '' && !/^(无|-|\/)[。.]?$/.test(item))

/** The resolutions of a cell, each with 责任人 and 时限 where it names them. */
export const readResolutions = (text: string): Resolution[] =>
  readItems(text).map((item) => {
    const said = (words: string) => new RegExp(`(?:${words})[:：]\\s*([^;；。,，]+)`).exec(item)?.[1]?.trim() ?? null
    const body = item.replace(/[;；,，。]?\s*(责任人|责任单位|负责人|完成时限|时限|完成时间)[:：][^;；。,，]*/g, '')
    return { text: body.replace(/[;；,，。\s]+$/, ''), owner: said('责任人|责任单位|负责人'), due: said('完成时限|时限|完成时间') }
  })

/** The votes of a cell (同意 20 票,反对 1 票,弃权 1 票; 全票通过 needs the number present), or null when it tells none. */
export const readVotes = (text: string, present: number | null): Votes | null => {
  const plain = text.normalize('NFKC')
  const count = (words: string) => {
    const match = new RegExp(`(?:${words})\\s*:?\\s*(\\d+)|(\\d+)\\s*[票人名]?\\s*(?:${words})`).exec(plain)
    return match ? Number(match[1] ?? match[2]) : null
  }
  const [inFavour, against, abstained] = [count('(?<!不)同意|赞成'), count('反对|不同意'), count('弃权')]
  if (inFavour !== null) return { inFavour, against: against ?? 0, abstained: abstained ?? 0 }
  if (/全票|一致(同意|通过)|全体(同意|通过)/.test(plain) && present !== null) return { inFavour: present, against: 0, abstained: 0 }
  return null
}
