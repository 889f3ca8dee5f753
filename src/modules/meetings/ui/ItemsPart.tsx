import { DateField } from '#web/parts/DateField.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import type { VoteRuleKey } from '../contract.ts'
import type { PartProps } from './MeetingPart.tsx'
import { Pick } from './Pick.tsx'
import { attendanceOf, type FormItem, newAction, newItem, newVote } from './recordForm.ts'
import { Problem } from './Text.tsx'
import { VoteBox } from './VoteBox.tsx'

/** 议题: topic, discussion, resolution, vote, and who does what until when. */
export function ItemsPart(props: PartProps) {
  const { form, set } = props
  const change = (at: number, part: Partial<FormItem>) =>
    set({ items: form.items.map((item, i) => (i === at ? { ...item, ...part } : item)) })
  return (
    <section className="form-part" aria-labelledby="part-items">
      <header>
        <h2 id="part-items">议题</h2>
        <button type="button" className="button text small" onClick={() => set({ items: [...form.items, newItem()] })}>
          加一个议题
        </button>
      </header>
      <div className="agenda">
        {form.items.map((item, i) => (
          <Item
            key={item.key}
            {...props}
            item={item}
            at={i}
            change={(part) => change(i, part)}
            remove={form.items.length > 1 ? () => set({ items: form.items.filter((_, j) => j !== i) }) : undefined}
          />
        ))}
      </div>
    </section>
  )
}

interface ItemProps extends PartProps {
  item: FormItem
  at: number
  change: (part: Partial<FormItem>) => void
  remove: (() => void) | undefined
}

function Item(props: ItemProps) {
  const { item, at, form, prepared, change, remove, problems } = props
  const { entitledPresent } = attendanceOf(form, prepared)
  const area = (label: string, key: 'discussion' | 'resolution', rows: number, max: number) => (
    <div className="field">
      <label htmlFor={`${item.key}-${key}`}>{label}</label>
      <textarea
        id={`${item.key}-${key}`}
        className="text"
        rows={rows}
        maxLength={max}
        value={item[key]}
        onChange={(e) => change({ [key]: e.target.value })}
      />
      <Problem of={problems[`items.${at}.${key}`]} />
    </div>
  )
  return (
    <div className="agenda-item">
      <span className="no">{at + 1}</span>
      <div className="stack">
        <div className="field">
          <label htmlFor={`${item.key}-topic`}>议题 {at + 1}</label>
          <input
            id={`${item.key}-topic`}
            className="text"
            maxLength={200}
            value={item.topic}
            onChange={(e) => change({ topic: e.target.value })}
          />
          <Problem of={problems[`items.${at}.topic`]} />
        </div>
        {area('讨论（发言要点）', 'discussion', 2, 10_000)}
        {area('决议', 'resolution', 2, 4_000)}
        {item.vote && <VoteBox {...props} vote={item.vote} />}
        <Actions {...props} />
        {prepared && prepared.topics.length > 0 && (
          <Pick
            label="中心组年度专题（可不选）"
            value={item.topicId ?? null}
            options={prepared.topics}
            onChange={(topicId) => change({ topicId })}
            problem={problems[`items.${at}.topicId`]?.[0]}
          />
        )}
        <div className="row wrap">
          {!item.vote && (
            <button
              type="button"
              className="button small"
              onClick={() => change({ vote: newVote((prepared?.rule ?? 'assembly') as VoteRuleKey, entitledPresent) })}
            >
              <Icon name="plus" size={14} /> 表决
            </button>
          )}
          <button type="button" className="button small" onClick={() => change({ actions: [...item.actions, newAction()] })}>
            <Icon name="plus" size={14} /> 落实事项
          </button>
          <label className="row small">
            <input type="checkbox" checked={item.firstAgenda} onChange={(e) => change({ firstAgenda: e.target.checked })} />
            第一议题
          </label>
          {remove && (
            <button type="button" className="button text small" onClick={remove}>
              {item.planned === undefined ? `去掉议题 ${at + 1}` : '这次没有议，下次再议'}
            </button>
          )}
        </div>
      </div>
    </div>
  )
}

function Actions({ item, at, prepared, change, problems }: ItemProps) {
  const set = (key: string, part: object) => change({ actions: item.actions.map((a) => (a.key === key ? { ...a, ...part } : a)) })
  return item.actions.map((action, j) => (
    <div key={action.key}>
      <div className="action-line">
        <input
          className="text"
          aria-label={`议题 ${at + 1} 落实事项 ${j + 1}`}
          placeholder="做什么"
          maxLength={500}
          value={action.text}
          onChange={(e) => set(action.key, { text: e.target.value })}
        />
        <Pick
          quiet
          label="责任人"
          value={action.ownerId}
          options={prepared?.known ?? []}
          onChange={(ownerId) => set(action.key, { ownerId })}
        />
        <DateField aria-label="完成时限" value={action.dueOn} onChange={(dueOn) => set(action.key, { dueOn })} />
        <button
          type="button"
          className="button text small"
          aria-label={`去掉落实事项 ${j + 1}`}
          onClick={() => change({ actions: item.actions.filter((a) => a.key !== action.key) })}
        >
          去掉
        </button>
      </div>
      <Problem of={problems[`items.${at}.actions.${j}.ownerId`]} />
    </div>
  ))
}
