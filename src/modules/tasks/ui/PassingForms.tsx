import { useState } from 'react'
import type { Picked } from '#web/parts/FindField.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { HAND_OFFS, type TaskView } from '../contract.ts'
import { PartyPicker } from './PartyFields.tsx'

/** Says whose it is from now on: assigned inside, handed on, or settled by the superior. */
export function PassingForms({ t, step, onClose }: { t: TaskView; step: 'handOff' | 'settle' | 'assign'; onClose: () => void }) {
  const [org, setOrg] = useState<Picked | null>(null)
  const [person, setPerson] = useState<Picked | null>(step === 'assign' ? t.lead : null)
  const [text, setText] = useState('')
  const base = { id: t.id, version: t.version }
  const party = { orgId: org?.id ?? '', personId: person?.id ?? null }
  const left = HAND_OFFS - t.handOffs - 1
  if (step === 'assign')
    return (
      <PanelForm
        name="tasks.assign"
        open
        onClose={onClose}
        kicker={t.title}
        title="指定谁来办"
        note="责任还在本组织，不算转办。留空表示由支委共同负责。"
        input={() => ({ ...base, personId: person?.id ?? null })}
        submit="由他来办"
        done="已指定"
      >
        {(problems) => <PersonPicker label="谁来办" value={person} onChange={setPerson} problem={problems.personId} />}
      </PanelForm>
    )
  const handing = step === 'handOff'
  const field = handing ? 'to' : 'lead'
  return (
    <PanelForm
      name={`tasks.${step}`}
      open
      onClose={onClose}
      kicker={t.title}
      title={handing ? '转办' : '定由谁来办'}
      note={
        !handing
          ? '定了由谁办，就从它开始，不再来回转。'
          : left > 0
            ? `已转 ${t.handOffs} 次。第 ${HAND_OFFS} 次转办会连同全部转办记录提交上级，由上级定谁来办。`
            : `这是第 ${HAND_OFFS} 次转办，会连同全部转办记录提交上级，由上级定谁来办。`
      }
      input={() => {
        if (!org) return handing ? '请选转给谁' : '请选由谁来办'
        if (text.trim().length < 2) return '请写明理由'
        return handing ? { ...base, to: party, reason: text } : { ...base, lead: party, text }
      }}
      submit={handing ? '转给它办' : '就由它办'}
      done={handing ? '已转办' : '已定下'}
    >
      {(problems) => (
        <>
          <PartyPicker
            label={handing ? '转给哪个组织' : '由哪个组织办'}
            value={org}
            onChange={setOrg}
            problem={problems[`${field}.orgId`]}
          />
          <TextArea
            label={handing ? '为什么转' : '为什么由它办'}
            value={text}
            onChange={setText}
            problem={problems.reason ?? problems.text}
            max={1000}
          />
        </>
      )}
    </PanelForm>
  )
}
