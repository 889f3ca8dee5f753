import { useDeferredValue, useState } from 'react'
import { useRead } from '#web/api.ts'
import { FindField, type Picked } from '#web/parts/FindField.tsx'

interface Props {
  value: Picked | null
  onChange: (value: Picked | null) => void
  problem?: string | undefined
}

/** Chooses a branch of the whole installation, also one whose roster one may not see. */
export function BranchPicker({ value, onChange, problem }: Props) {
  const [text, setText] = useState('')
  const sought = useDeferredValue(text)
  const { data, isFetching } = useRead('transfers.destinations', { text: sought }, { enabled: sought.length >= 2 })
  return (
    <FindField
      label="哪个支部"
      placeholder="输入支部名称里的两个字"
      value={value}
      onChange={onChange}
      onSeek={setText}
      found={sought.length < 2 ? [] : (data?.items ?? []).map(({ id, name, parentName }) => ({ id, name, note: parentName }))}
      isLooking={isFetching}
      none={sought.length < 2 ? '再输入一个字' : '本单位没有这个名称的支部；转往外单位请在上面改选'}
      problem={problem}
    />
  )
}
