import { useDeferredValue, useState } from 'react'
import { useRead } from '../api.ts'
import { FindField, type Picked } from './FindField.tsx'

interface Props {
  label: string
  value: Picked | null
  onChange: (value: Picked | null) => void
  problem?: string | undefined
}

/** Chooses somebody from the rosters one may see, by the first characters of name or 工号. */
export function PersonPicker(props: Props) {
  const [text, setText] = useState('')
  const sought = useDeferredValue(text)
  const { data, isFetching } = useRead('members.roster', { text: sought, limit: 20 }, { enabled: sought !== '' })
  const found = sought === '' ? [] : (data?.items ?? [])
  return (
    <FindField
      {...props}
      placeholder="输入姓名或工号的开头"
      onSeek={setText}
      found={found.map((person) => ({ id: person.personId, name: person.name, note: person.orgName }))}
      isLooking={isFetching}
      none="名册上没有找到，请先编入名册"
    />
  )
}
