import type { z } from 'zod'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import type { RuleBody } from './contract.ts'

/** A rule as shipped: its figures, and what people read about it. */
export interface ShippedRule {
  /** Stable over releases, so that a rule is adopted once. */
  code: string
  from: string
  body: z.output<typeof RuleBody>
  wording: string
  source: string
}

const branch: Omit<z.output<typeof RuleBody>, 'duty' | 'every' | 'times'> = {
  strength: 'generally',
  layer: 'central',
  metBy: 'meeting',
  toVerify: false,
  orgKinds: [...BRANCH_KINDS],
  minFullMembers: null,
  mayShare: true,
}

// 中国共产党支部工作条例（试行） took effect on 2018-10-28.
const regulation = '2018-10-28'

/**
 * The central minimums of organisational life (handbook 1.2, LIFE-01…07). Wording is ours. Where the regulation names no
 * frequency the rule is a practice: strength `may`, shown with 核对原文, never a hard alarm (handbook section 10).
 */
export const CENTRAL_RULES: readonly ShippedRule[] = [
  {
    code: 'central-member-assembly',
    from: regulation,
    body: { ...branch, duty: 'memberAssembly', every: 'quarter', times: 1 },
    wording: '支部党员大会一般每季度召开 1 次',
    source: '中国共产党支部工作条例（试行）第十一条',
  },
  {
    code: 'central-branch-committee',
    from: regulation,
    body: { ...branch, duty: 'branchCommittee', every: 'month', times: 1, minFullMembers: 7 },
    wording: '支委会一般每月召开 1 次；正式党员 7 人以上的支部设支委会',
    source: '中国共产党支部工作条例（试行）第十二条、第六章',
  },
  {
    code: 'central-committee-set-up',
    from: regulation,
    body: { ...branch, duty: 'committeeSetUp', every: 'year', times: 1, strength: 'must', metBy: 'committee', minFullMembers: 7 },
    wording: '正式党员 7 人以上的支部应设立支委会，由 3 至 5 人组成，一般不超过 7 人',
    source: '中国共产党支部工作条例（试行）第六章',
  },
  {
    code: 'central-party-lecture',
    from: regulation,
    body: { ...branch, duty: 'partyLecture', every: 'quarter', times: 1, strength: 'may', toVerify: true },
    wording: '党课通行做法每季度 1 次（条例只写按期上党课，未定频次）',
    source: '通行做法，条例未定频次；单位有规定的按单位规定',
  },
  {
    code: 'central-theme-party-day',
    from: regulation,
    body: { ...branch, duty: 'themePartyDay', every: 'month', times: 1 },
    wording: '主题党日每月相对固定 1 天',
    source: '中国共产党支部工作条例（试行）第十六条',
  },
  {
    code: 'central-org-life-meeting',
    from: regulation,
    body: { ...branch, duty: 'orgLifeMeeting', every: 'year', times: 1 },
    wording: '组织生活会每年至少召开 1 次，一般安排在第四季度',
    source: '中国共产党支部工作条例（试行）第十七条',
  },
  {
    code: 'central-democratic-appraisal',
    from: regulation,
    body: { ...branch, duty: 'democraticAppraisal', every: 'year', times: 1 },
    wording: '民主评议党员一般每年开展 1 次，可以与组织生活会合并',
    source: '中国共产党支部工作条例（试行）第十八条',
  },
]
