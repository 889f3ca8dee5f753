import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { type ChainView, SOURCES, type Source } from '../contract.ts'

/** Opinions of one round of asking: each line of the text is one opinion. */
export function OpinionForm({ c, onClose }: { c: ChainView; onClose: () => void }) {
  const [source, setSource] = useState<Source>('members')
  const [fromWhom, setFrom] = useState('')
  const [on, setOn] = useState<string | null>(today())
  const [text, setText] = useState('')
  const input = () => {
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    if (!on || lines.length === 0) return '请写下意见、填日期。'
    return { id: c.id, opinions: lines.map((line) => ({ source, fromWhom, text: line, on })) }
  }
  return (
    <PanelForm
      name="chains.addOpinions"
      open
      onClose={onClose}
      title="记征求到的意见"
      note="收集人记为你。内容只有本组织的书记、委员看得到。"
      input={input}
      submit="存下意见"
      done="已存"
    >
      {(problems) => (
        <>
          <Choice label="向谁征求的" value={source} options={SOURCES} onChange={setSource} />
          <TextLine label="在哪里、怎样征求的（可以不填，不用写姓名）" value={fromWhom} onChange={setFrom} max={100} />
          <LabelledDate label="哪一天" value={on} onChange={setOn} problem={problems['opinions.0.on']} />
          <TextArea
            label="意见"
            rows={6}
            max={8000}
            value={text}
            onChange={setText}
            problem={problems['opinions.0.text']}
            hint="一行一条，可以一次写好几条"
          />
        </>
      )}
    </PanelForm>
  )
}
