import { useDeferredValue, useState } from 'react'
import { useRead } from '../api.ts'
import { FindField, type Picked } from './FindField.tsx'

export type { Picked }

interface Props {
  label: string
  value: Picked | null
  onChange: (value: Picked | null) => void
  problem?: string | undefined
}

/** Chooses a Party organisation by a part of its name. */
export function OrgPicker(props: Props) {
  const [text, setText] = useState('')
  const sought = useDeferredValue(text)
  const { data, isFetching } = useRead('organisation.find', { text: sought }, { enabled: sought !== '' })
  const found = sought === '' ? [] : (data?.items ?? [])
  return (
    <FindField
      {...props}
      placeholder="输入名称里的几个字"
      onSeek={setText}
      found={found.map((org) => ({ id: org.id, name: org.name, note: org.parentName }))}
      isLooking={isFetching}
      none="没有找到这个名称的党组织"
    />
  )
}
