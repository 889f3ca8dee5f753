import { expect, test } from 'vitest'
import { KINDS } from './contract.ts'
import { replyTitle } from './documents/letters.ts'
import { fill, TEMPLATES } from './templates.ts'

const sides = { org_name: '机电队党支部', to_name: '示例矿业集团一矿党委' }

test('the answer bears the superior’s name and the subject of the request, and no second 关于', () => {
  expect(replyTitle({ ...sides, title: '机电队党支部关于换届选举的请示' })).toBe('示例矿业集团一矿党委关于换届选举的批复')
  expect(replyTitle({ ...sides, title: '机电队党支部关于选举结果的报告' })).toBe('示例矿业集团一矿党委关于选举结果的批复')
})

test('every kind has a text addressed to the superior; what no record fills stays open and is counted, what is filled does not', () => {
  for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
    expect(TEMPLATES[kind].body).toMatch(/^\{superior\}：\n/)
    expect(TEMPLATES[kind].title).toMatch(/^\{org\}关于.+(请示|报告|函)$/)
  }
  expect(fill('{org}请{what}', { org: '机电队' })).toEqual({ text: '机电队请＿＿＿', open: ['what'] })
})
