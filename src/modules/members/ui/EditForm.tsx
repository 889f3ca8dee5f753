import { useState } from 'react'
import { type DatedValue, isDated, readDate } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { PanelForm, type Problems } from '#web/parts/PanelForm.tsx'
import { PrecisionDateField } from '#web/parts/PrecisionDate.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { lifeText } from './lifeText.ts'
import type { Member } from './MemberDetail.tsx'

const TEXTS = {
  nation: '民族',
  education: '学历',
  degree: '学位',
  job: '工作岗位',
  position: '职务',
  title: '职称',
  nativePlace: '籍贯',
  group: '党小组',
  note: '备注',
} as const
type TextKey = keyof typeof TEXTS

const SECRETS = { idNumber: '身份证号', phone: '电话', address: '住址' } as const
type SecretKey = keyof typeof SECRETS

/** Corrects a member's file. Sealed fields are sent only when something new was typed. */
export function EditForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const [name, setName] = useState(member.name)
  const [staffNo, setStaffNo] = useState(member.staffNo ?? '')
  const [sex, setSex] = useState(member.sex)
  const [birth, setBirth] = useState(dated(member.birth))
  const [texts, setTexts] = useState(
    () => Object.fromEntries(Object.keys(TEXTS).map((key) => [key, member[key as TextKey] ?? ''])) as Record<TextKey, string>,
  )
  const [secrets, setSecrets] = useState<Partial<Record<SecretKey, string>>>({})
  const input = () => {
    const profile = {
      sex,
      birth: birth && lifeText(birth),
      ...Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.trim() || null])),
      ...Object.fromEntries(Object.entries(secrets).filter(([, text]) => text?.trim())),
    }
    return { personId: member.personId, version: member.version, name, staffNo: staffNo.trim() || null, profile }
  }
  return (
    <PanelForm
      name="members.edit"
      open
      onClose={onClose}
      kicker={member.name}
      title="改档案"
      note="支部、人员类别和权利的变动不在这里改，请用转接、转正等办理"
      input={input}
      submit="存入档案"
      done="档案已存"
    >
      {(problems: Problems) => (
        <>
          <TextLine label="姓名" value={name} onChange={setName} problem={problems.name} max={60} />
          <TextLine label="工号" value={staffNo} onChange={setStaffNo} problem={problems.staffNo} max={40} />
          <Choice label="性别" value={sex} options={{ male: '男', female: '女' }} onChange={setSex} problem={problems['profile.sex']} />
          <PrecisionDateField label="出生日期" value={birth} onChange={setBirth} />
          {(Object.keys(TEXTS) as TextKey[]).map((key) => (
            <TextLine
              key={key}
              label={TEXTS[key]}
              value={texts[key]}
              onChange={(text) => setTexts({ ...texts, [key]: text })}
              problem={problems[`profile.${key}`]}
              max={key === 'note' ? 500 : 60}
            />
          ))}
          {(Object.keys(SECRETS) as SecretKey[]).map((key) => (
            <TextLine
              key={key}
              label={SECRETS[key]}
              value={secrets[key] ?? ''}
              onChange={(text) => setSecrets({ ...secrets, [key]: text })}
              problem={problems[`profile.${key}`]}
              hint={member[key] ? `现在是 ${member[key]}；不改就空着` : '还没有填'}
              max={200}
            />
          ))}
        </>
      )}
    </PanelForm>
  )
}

function dated(text: string | null): DatedValue | null {
  const read = text === null ? null : readDate(text)
  return read && isDated(read) ? read : null
}
