import { beforeSending } from '#modules/requests/published.ts'
import { sanctionedRefusal } from './published.ts'

/** No request that would advance or honour somebody is sent while a sanction keeps its effect on that person. */
export function followRequests(): void {
  beforeSending(
    ['award', 'commissioner', 'activistFiling', 'targetFiling', 'preReview', 'admission'],
    async (ctx, { kind, aboutId, sentOn }) =>
      aboutId ? sanctionedRefusal(ctx, [aboutId], sentOn, NOUNS[kind] ?? '', 'aboutId') : undefined,
  )
}

const NOUNS: Record<string, string> = {
  award: '评先评优',
  commissioner: '增补委员',
  activistFiling: '入党积极分子',
  targetFiling: '发展对象',
  preReview: '发展对象预审',
  admission: '接收预备党员',
}
