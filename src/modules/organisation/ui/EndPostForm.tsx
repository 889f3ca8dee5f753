import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { POSTS } from '../contract.ts'
import type { Org } from './OrgDetail.tsx'

/** Ends a post from a day on. */
export function EndPostForm({ post, onClose }: { post: Org['posts'][number]; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(today())
  return (
    <PanelForm
      name="organisation.endPost"
      open
      onClose={onClose}
      kicker={`${POSTS[post.role]} ${post.name}`}
      title="免职"
      input={() => (on ? { id: post.id, version: post.version, on } : '请填日期')}
      submit="从这一天起免职"
      done="免职已存入"
    >
      {(problems) => (
        <LabelledDate label="从哪一天起不再担任" value={on} onChange={setOn} problem={problems.on} hint={`${post.from} 任职`} />
      )}
    </PanelForm>
  )
}
