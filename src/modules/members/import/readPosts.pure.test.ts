import { expect, test } from 'vitest'
import { readPosts } from './readPosts.ts'

test.each([
  ['支部书记', ['partySecretary'], []],
  ['党支部副书记兼组织委员', ['deputySecretary', 'organizationCommissioner'], []],
  ['副书记、纪律检查委员', ['deputySecretary', 'disciplineCommissioner'], []],
  ['支委', ['committeeMember'], []],
  ['支部委员会青年委员', ['committeeMember'], []],
  ['党委委员、支部书记', ['partySecretary'], ['党委委员']],
  ['党小组组长', [], ['党小组组长']],
  ['普通党员', [], []],
  ['无', [], []],
  [null, [], []],
])('党内职务 %s', (text, roles, rest) => {
  expect(readPosts(text)).toEqual({ roles, rest })
})
