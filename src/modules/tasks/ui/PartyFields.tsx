import { useDeferredValue, useState } from 'react'
import { useRead } from '#web/api.ts'
import { FindField, type Picked } from '#web/parts/FindField.tsx'

interface Props {
  label: string
  value: Picked | null
  onChange: (value: Picked | null) => void
  problem?: string | undefined
}

/** Chooses an organisation of the whole unit by a part of its name: one may hand on to, or ask for help, also beside one's own. */
export function PartyPicker(props: Props) {
  const [text, setText] = useState('')
  const sought = useDeferredValue(text)
  const ready = sought.length >= 2
  const { data, isFetching } = useRead('tasks.parties', { text: sought }, { enabled: ready })
  return (
    <FindField
      {...props}
      placeholder="输入名称里的两个字以上"
      onSeek={setText}
      found={ready ? (data?.items ?? []).map((org) => ({ id: org.id, name: org.name, note: org.parentName })) : []}
      isLooking={isFetching}
      none={ready ? '没有找到这个名称的党组织' : '请再输入一个字'}
    />
  )
}
