import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useState } from 'react'
import { useUpload } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { FileDrop } from '#web/parts/FileDrop.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'

const LIMIT = 3 * 1024 * 1024

/** Takes a superior's blank; its name is the file's, unless one is written. */
export function AddForm({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const { mutate, isPending, error } = useUpload('forms.add')
  const navigate = useNavigate()
  const take = (file: File) => {
    const given = name.trim() || file.name.replace(/\.xlsx$/i, '').slice(0, 100)
    mutate(
      { input: { orgId, name: given.length < 2 ? `${given}表` : given }, file },
      { onSuccess: ({ id }) => void navigate({ to: '/forms/$id', params: { id }, search: { org: orgId } } as never) },
    )
  }
  return (
    <SidePanel open onClose={onClose} kicker="代填表格" title="上传上级的空表" note="空表里的格式、合并的格、公式和图片都会原样保留。">
      <div className="stack">
        <TextLine label="表名（可不写，用文件名）" value={name} onChange={setName} max={100} />
        <FileDrop title="把空表拖到这里" accept={['.xlsx']} limit={LIMIT} onFile={take} busy={isPending} />
        {isPending && <p role="status">正在读空表…</p>}
        {error && <ErrorCard error={error} />}
      </div>
    </SidePanel>
  )
}

interface RenewProps {
  form: { id: string; version: number }
  onClose: () => void
}

/** Puts this year's blank in the place of last year's; what moved in it is then shown. */
export function RenewForm({ form, onClose }: RenewProps) {
  const { mutate, isPending, error } = useUpload('forms.renew')
  const { message } = App.useApp()
  const take = (file: File) =>
    mutate(
      { input: { id: form.id, version: form.version }, file },
      {
        onSuccess: ({ problems }) => {
          message.success(problems.length === 0 ? '已换上，对应都还在原处' : `已换上，有 ${problems.length} 处移动了，请核对`)
          onClose()
        },
      },
    )
  return (
    <SidePanel
      open
      onClose={onClose}
      kicker="代填表格"
      title="换上新的空表"
      note="原来的对应会按旁边的字找到新位置；移动了的会列出来请你核对。"
    >
      <div className="stack">
        <FileDrop title="把新的空表拖到这里" accept={['.xlsx']} limit={LIMIT} onFile={take} busy={isPending} />
        {isPending && <p role="status">正在读空表…</p>}
        {error && <ErrorCard error={error} />}
      </div>
    </SidePanel>
  )
}
