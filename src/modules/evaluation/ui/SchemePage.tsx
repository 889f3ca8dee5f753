import { useNavigate, useParams } from '@tanstack/react-router'
import { App } from 'antd'
import { useRef, useState } from 'react'
import { downloadOf, useCommand, useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { usePhone } from '#web/screen.ts'
import type { Api } from '../../../platform.ts'
import './evaluation.css'
import './scheme.css'
import { type Path, partAt } from './form/change.ts'
import { LinkageEditor } from './form/LinkageEditor.tsx'
import { NodeEditor } from './form/NodeEditor.tsx'
import { BasicsEditor, EligibilityEditor, GradesEditor } from './form/WholeEditors.tsx'
import { HealthCard } from './HealthCard.tsx'
import { PublishForm, WithdrawForm } from './PublishForm.tsx'
import { Refused } from './SchemesPage.tsx'
import { SchemeTree } from './SchemeTree.tsx'
import { WhatIfCard } from './WhatIfCard.tsx'
import { STATES, schemeRef } from './words.ts'
import { YamlCard } from './YamlCard.tsx'

export type SchemeData = Api['evaluation.scheme']['output']
/** What is open in the middle: an item by its place in the data, or one of the parts that concern the whole. */
export type Place = Path | 'basics' | 'grades' | 'eligibility' | 'linkage'

/** 04 考核方案: the tree, the editor of what is chosen, the trial on last year's facts and the health check. */
export function SchemePage() {
  const { scheme } = useParams({ strict: false }) as { scheme: string }
  const { data, error, refetch } = useRead('evaluation.scheme', schemeRef(scheme))
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={12} doing="正在读方案并体检" />
  return <Designer key={`${scheme} ${data.version}`} data={data} />
}

function Designer({ data }: { data: SchemeData }) {
  const { org } = useOrg()
  const [content, setContent] = useState<any>(data.content)
  const [place, setPlace] = useState<Place>(firstItem(data.content))
  const [view, setView] = useState<'form' | 'yaml'>('form')
  const [asking, setAsking] = useState<'publish' | 'withdraw'>()
  const touched = content !== data.content
  const editable = data.can.save === true
  const editor = useRef<HTMLElement>(null)
  const phone = usePhone()
  const open = (to: Place) => {
    setPlace(to)
    setView('form')
    // On a phone the editor stands below the tree.
    if (phone) requestAnimationFrame(() => editor.current?.scrollIntoView())
  }
  return (
    <>
      <PageTitle
        conclusion={content.name}
        crumb={content.name}
        badge={<span className={`tag ${STATES[data.state]!.tone}`}>{stateText(data)}</span>}
        note={noteOf(data, touched)}
        actions={<Actions data={data} content={content} touched={touched} onAsk={setAsking} orgId={org?.id} />}
      />
      <Tabs
        label="怎么看"
        active={view}
        onChange={setView}
        tabs={[
          { key: 'form', label: '表单' },
          { key: 'yaml', label: '文字（YAML）' },
        ]}
      />
      <div className="ev-designer">
        {view === 'form' ? (
          <>
            <SchemeTree content={content} chosen={place} onOpen={open} onChange={editable ? setContent : undefined} />
            <section className="card ev-target" ref={editor}>
              <header>
                <h2>{titleOf(content, place)}</h2>
                {!editable && <span className="tag">只读</span>}
              </header>
              <fieldset className={`inside ev-editor ${editable ? '' : 'ev-plain'}`} disabled={!editable}>
                <legend className="hidden-text">{titleOf(content, place)}</legend>
                <Editor place={place} content={content} onChange={setContent} onMove={(to) => setPlace(to ?? 'basics')} data={data} />
              </fieldset>
            </section>
          </>
        ) : (
          <YamlCard data={data} content={content} editable={editable} onChange={setContent} />
        )}
        <div className="stack">
          <WhatIfCard data={data} content={content} touched={touched} orgId={data.orgId ?? org?.id} />
          <HealthCard data={data} content={content} touched={touched} onOpen={open} />
        </div>
      </div>
      {asking === 'publish' && <PublishForm data={data} onClose={() => setAsking(undefined)} />}
      {asking === 'withdraw' && <WithdrawForm data={data} onClose={() => setAsking(undefined)} />}
    </>
  )
}

const stateText = ({ state, edition }: SchemeData) => STATES[state]!.text + (edition === null ? '' : ` 第 ${edition} 版`)

const noteOf = ({ readOnlyBecause, state, documentNo, changeNote }: SchemeData, touched: boolean) =>
  readOnlyBecause ??
  (state === 'published'
    ? `${documentNo}。已发布，当年不能改分值；要改请另存为新一版。`
    : state === 'shipped'
      ? '随产品带的公开方案，只读。复制成本单位的草稿后再改。'
      : `${touched ? '有没保存的改动。' : ''}${changeNote ? `${changeNote}。` : ''}发布后当年不能改分值，只能加说明。`)

const firstItem = (content: any): Place => leaf(content, ['sheets', 0, 'items', 0]) ?? 'basics'

const leaf = (content: any, at: Path): Path | null => {
  const node = partAt(content, at)
  return node?.items ? leaf(content, [...at, 'items', 0]) : node ? at : null
}

const WHOLE = { basics: '方案的基本规定', grades: '等次', eligibility: '资格与否决', linkage: '结果运用' }
const titleOf = (content: any, place: Place): string =>
  typeof place === 'string' ? WHOLE[place] : (partAt(content, place)?.name ?? '指标')

interface EditorProps {
  place: Place
  content: any
  onChange: (content: any) => void
  onMove: (to: Path | null) => void
  data: SchemeData
}

function Editor({ place, content, onChange, onMove, data }: EditorProps) {
  if (place === 'basics') return <BasicsEditor content={content} onChange={onChange} />
  if (place === 'grades') return <GradesEditor content={content} onChange={onChange} />
  if (place === 'eligibility') return <EligibilityEditor content={content} onChange={onChange} />
  if (place === 'linkage') return <LinkageEditor content={content} onChange={onChange} />
  if (!partAt(content, place)) return <p className="t2">这一项已经不在方案里了。</p>
  return <NodeEditor key={place.join('/')} content={content} at={place} onChange={onChange} onMove={onMove} measures={data.measures} />
}

interface ActionsProps {
  data: SchemeData
  content: any
  touched: boolean
  orgId: string | undefined
  onAsk: (what: 'publish' | 'withdraw') => void
}

function Actions({ data, content, touched, orgId, onAsk }: ActionsProps) {
  const { message, modal } = App.useApp()
  const navigate = useNavigate()
  const save = useCommand('evaluation.saveScheme')
  const copy = useCommand('evaluation.copyShipped')
  const failed = (error: Error) =>
    void modal.error({ title: '没有保存', content: <Refused error={error} />, okText: '回去改', icon: null, width: 560 })
  const toNew = {
    onSuccess: ({ id }: { id: string }) => void navigate({ to: '/evaluation/schemes/$scheme', params: { scheme: id } } as never),
    onError: failed,
  }
  const saveNow = () =>
    save.mutate(
      { id: data.schemeId!, orgId: data.orgId!, version: data.version!, content },
      { onSuccess: () => void message.success('草稿已保存'), onError: failed },
    )
  const ref = data.schemeId ? { schemeId: data.schemeId } : { shipped: data.shipped! }
  return (
    <>
      <a className="button" href={downloadOf('evaluation.schemeYaml', ref)}>
        下载方案文件
      </a>
      {data.shipped && data.can.copy === true && orgId && (
        <button type="button" className="button primary" onClick={() => copy.mutate({ orgId, shipped: data.shipped! }, toNew)}>
          复制成本单位草稿
        </button>
      )}
      {data.schemeId && data.state !== 'draft' && data.can.copy === true && (
        <button
          type="button"
          className="button"
          onClick={() => save.mutate({ orgId: data.orgId!, content, changeNote: `由第 ${data.edition} 版复制` }, toNew)}
        >
          另存为新一版
        </button>
      )}
      {data.can.withdraw === true && (
        <button type="button" className="button" onClick={() => onAsk('withdraw')}>
          撤下方案
        </button>
      )}
      {data.can.save === true && touched && (
        <button type="button" className="button primary" aria-disabled={save.isPending || undefined} onClick={saveNow}>
          保存草稿
        </button>
      )}
      {data.can.publish === true && !touched && (
        <button type="button" className="button primary" onClick={() => onAsk('publish')}>
          凭文号发布
        </button>
      )}
    </>
  )
}
