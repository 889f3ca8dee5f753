import { MailCard } from './MailCard.tsx'
import { QuietCard } from './QuietCard.tsx'

/** On the page 我的: where, and in which hours, one is written to. */
export const Mine = () => (
  <>
    <MailCard />
    <QuietCard whose="own" />
  </>
)
