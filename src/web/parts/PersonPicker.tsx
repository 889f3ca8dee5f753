import { Select } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { useRead } from '../api.ts'
import type { Picked } from './OrgPicker.tsx'

interface Props {
  label: string
  value: Picked | null
  onChange: (value: Picked | null) => void
  problem?: string | undefined
}

/** Chooses somebody from the rosters one may see, by the first characters of name or 工号. */
export function PersonPicker({ label, value, onChange, problem }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const sought = useDeferredValue(text.trim())
  const { data, isFetching } = useRead('members.roster', { text: sought, limit: 20 }, { enabled: sought !== '' })
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
        placeholder="输入姓名或工号的开头"
        style={{ width: '100%' }}
        value={value?.id ?? null}
        loading={isFetching}
        notFoundContent={sought === '' ? '输入姓名或工号的开头' : isFetching ? '正在找…' : '名册上没有找到，请先编入名册'}
        {...(problem ? { status: 'error' as const } : {})}
        options={
          found.length > 0
            ? found.map((person) => ({ value: person.personId, label: `${person.name}（${person.orgName}）`, name: person.name }))
            : value
              ? [{ value: value.id, label: value.name, name: value.name }]
              : []
        }
        onChange={(next, option) => onChange(next ? { id: next, name: (option as unknown as { name: string }).name } : null)}
      />
      {problem && <p className="problem">{problem}</p>}
    </div>
  )
}
