import { App } from 'antd'
import { useCommand, useRead } from '#web/api.ts'
import { Attach } from '#web/parts/Attach.tsx'
import { Pick } from './Pick.tsx'
import type { PlanPartProps } from './PlanFormParts.tsx'
import { itemsOf, listed, newPlanItem, type PlanItemForm } from './planForm.ts'
import { Problem } from './Text.tsx'

/** 议程: begun from the template and what was left over; order, presenters and papers by name. */
export function PlanAgenda({ form, prepared, set, problems, orgId }: PlanPartProps & { orgId: string }) {
  const items = itemsOf(form, prepared)
  const change = (at: number, part: Partial<PlanItemForm>) =>
    set({ items: items.map((item, i) => (i === at ? { ...item, ...part } : item)) })
  const swap = (at: number, by: number) => {
    const next = [...items]
    const [moved] = next.splice(at, 1)
    next.splice(at + by, 0, moved!)
    set({ items: next })
  }
  const presenters = [...(prepared?.known ?? []), ...form.guests]
  return (
    <section className="form-part" aria-labelledby="plan-agenda">
      <header>
        <h2 id="plan-agenda">议程</h2>
        <button type="button" className="button text small" onClick={() => set({ items: [...items, newPlanItem()] })}>
          加一个议题
        </button>
      </header>
      <p className="small t2">
        {items.length === 0
          ? '选了会议类别，这里先按模板列出议程，再逐项改。'
          : '附在议题下的材料文件，通知到的人都能打开；开完会自动转到会议记录，不用再传。'}
      </p>
      <Problem of={problems.items} />
      <ol className="agenda">
        {items.map((item, i) => (
          <li key={item.key} className="agenda-item">
            <span className="no">{i + 1}</span>
            <div className="stack">
              <input
                className="text"
                aria-label={`议题 ${i + 1}`}
                maxLength={200}
                value={item.topic}
                onChange={(e) => change(i, { topic: e.target.value })}
              />
              <Problem of={problems[`items.${i}.topic`] ?? problems[`items.${i}.presenterId`]} />
              {item.because && <span className="tag hu">{item.because}</span>}
              <div className="plan-line">
                <Pick
                  quiet
                  label={`议题 ${i + 1} 汇报人`}
                  value={item.presenterId}
                  options={presenters}
                  onChange={(presenterId) => change(i, { presenterId })}
                />
                <input
                  className="text grow"
                  aria-label={`议题 ${i + 1} 材料（用顿号隔开）`}
                  placeholder="材料名称，用顿号隔开（选填）"
                  maxLength={500}
                  value={item.papers}
                  onChange={(e) => change(i, { papers: e.target.value })}
                />
                <button
                  type="button"
                  className="button text small"
                  disabled={i === 0}
                  onClick={() => swap(i, -1)}
                  aria-label={`议题 ${i + 1} 上移`}
                >
                  上移
                </button>
                <button
                  type="button"
                  className="button text small"
                  aria-label={`去掉议题 ${i + 1}`}
                  onClick={() => set({ items: items.filter((_, j) => j !== i) })}
                >
                  去掉
                </button>
              </div>
              <Attach
                label={`议题 ${i + 1} 的材料文件`}
                orgId={orgId}
                files={item.files}
                onChange={(files) => change(i, { files })}
                problem={problems[`items.${i}.fileIds`]?.[0]}
                small
              />
            </div>
          </li>
        ))}
      </ol>
      {form.kinds.length === 1 && form.items !== null && <KeepAsTemplate orgId={orgId} kind={form.kinds[0]!} items={items} />}
    </section>
  )
}

/** The agenda as it stands becomes what the next plan of this kind begins with. */
function KeepAsTemplate({ orgId, kind, items }: { orgId: string; kind: PlanPartProps['form']['kinds'][number]; items: PlanItemForm[] }) {
  const { message } = App.useApp()
  const { data } = useRead('meetings.template', { orgId, kind })
  const keep = useCommand('meetings.setTemplate')
  const topics = items.filter((i) => i.topic.trim() !== '' && !i.back).map((i) => ({ topic: i.topic.trim(), papers: listed(i.papers) }))
  const go = () =>
    data &&
    topics.length > 0 &&
    keep.mutate(
      { orgId, kind, version: data.version, items: topics },
      {
        onSuccess: () => void message.success('以后安排这类会议，先按这个议程列出'),
        onError: (error) => void message.error(error.message),
      },
    )
  return (
    <p className="small t2 row wrap">
      现在的模板：{data ? { own: '本组织的', above: '上级组织的', shipped: '系统自带的' }[data.from] : '…'}
      <button
        type="button"
        className="button small"
        aria-disabled={!data || keep.isPending || topics.length === 0 || undefined}
        onClick={go}
      >
        把这个议程存为模板
      </button>
    </p>
  )
}
