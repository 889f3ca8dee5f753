import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Request } from './RequestDetail.tsx'

/** A request that came back, supplemented and sent again. */
export function ResendForm({ request: r, onClose }: { request: Request; onClose: () => void }) {
  const [title, setTitle] = useState(r.title)
  const [body, setBody] = useState(r.body)
  const [letterNo, setLetterNo] = useState(r.letterNo ?? '')
  return (
    <PanelForm
      name="requests.resend"
      open
      onClose={onClose}
      kicker={r.kindName}
      title="补充后重新报送"
      note={`上级要求：${r.reply ?? ''}`}
      input={() => ({ id: r.id, version: r.version, title, body, letterNo: letterNo.trim() || null })}
      submit="重新报送"
      done="已重新报送，答复时限从今天算起"
    >
      {(problems) => (
        <>
          <TextLine label="标题" value={title} onChange={setTitle} problem={problems.title} max={200} />
          <TextArea label="正文" value={body} onChange={setBody} rows={12} max={10_000} problem={problems.body} />
          <TextLine label="发文字号（没有可以不填）" value={letterNo} onChange={setLetterNo} problem={problems.letterNo} max={60} />
        </>
      )}
    </PanelForm>
  )
}
