import { Select } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { useRead } from '../api.ts'

export interface Picked {
  id: string
  name: string
}

interface Props {
  label: string
  value: Picked | null
  onChange: (value: Picked | null) => void
  problem?: string | undefined
}

/** Chooses a Party organisation by a part of its name. */
export function OrgPicker({ label, value, onChange, problem }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const sought = useDeferredValue(text.trim())
  const { data, isFetching } = useRead('organisation.find', { text: sought }, { enabled: sought !== '' })
  const found = sought === '' ? [] : (data?.items ?? [])
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setText }}
        allowClear
        // What a dialog holds open lies above the page, so the list must lie in it too.
        getPopupContainer={(field) => field.closest('dialog') ?? document.body}
        placeholder="输入名称里的几个字"
        style={{ width: '100%' }}
        value={value?.id ?? null}
        loading={isFetching}
        notFoundContent={sought === '' ? '输入名称里的几个字' : isFetching ? '正在找…' : '没有找到这个名称的党组织'}
        {...(problem ? { status: 'error' as const } : {})}
        options={(found.length > 0 ? found : value ? [{ ...value, parentName: null }] : []).map((org) => ({
          value: org.id,
          label: org.parentName ? `${org.name}（${org.parentName}）` : org.name,
          name: org.name,
        }))}
        onChange={(next, option) => onChange(next ? { id: next, name: (option as unknown as { name: string }).name } : null)}
      />
      {problem && <p className="problem">{problem}</p>}
    </div>
  )
}
