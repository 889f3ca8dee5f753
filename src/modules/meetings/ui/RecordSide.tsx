import { Link } from '@tanstack/react-router'
import { ApiError, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type FillsGroup, FillsTo } from '#web/parts/FillsTo.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { holds, useSession } from '#web/session.ts'
import type { Api } from '../../../platform.ts'
import type { PartProps } from './MeetingPart.tsx'
import type { Submit } from './RecordForm.tsx'
import type { Form } from './recordForm.ts'
import { SaveDraft, type ServerDraft } from './ServerDrafts.tsx'
import { kindsText } from './words.ts'

interface Props extends PartProps {
  orgId: string
  missing: string[]
  submit: Submit
  editing: boolean
  onSend: (another?: boolean) => void
  kept: ServerDraft | undefined
  onKept: (draft: ServerDraft) => void
}

/** 会填到哪里, what is still missing, and the two ways to keep it. */
export function RecordSide({ form, prepared, missing, submit, onSend, orgId, editing, kept, onKept }: Props) {
  const already = editing ? [] : (prepared?.already ?? [])
  const duplicate = submit.error instanceof ApiError && submit.error.code === 'already-recorded'
  return (
    <>
      <FillsTo groups={fills(form, useDuties(orgId, form))} />
      <div className="record-foot">
        {already.map((a) => (
          <div key={a.id} className="note hu" role="status">
            <Icon name="info" />
            <p className="grow">
              {a.says} <Link to={`/meetings/${a.id}`}>去补充</Link>
            </p>
          </div>
        ))}
        {missing.length > 0 && (
          <div className="note hu" role="status">
            <Icon name="warning" />
            <p>
              还差 {missing.length} 个必填：<b>{missing.join('、')}</b>
            </p>
          </div>
        )}
        {submit.error && <ErrorCard error={submit.error} />}
        <div className="row">
          {!editing && <SaveDraft orgId={orgId} form={form} kept={kept} onKept={onKept} />}
          <button
            type="button"
            className="button primary"
            aria-disabled={missing.length > 0 || submit.pending || !prepared || undefined}
            onClick={() => missing.length === 0 && !submit.pending && onSend(duplicate)}
          >
            {submit.pending ? '正在存…' : duplicate ? '确是另一次会，存入记录' : '存入记录'}
          </button>
        </div>
        <p className="tiny t3">存入后由主持人签字；签字后的改动会留痕，不会覆盖。照片、定位都不需要。</p>
      </div>
    </>
  )
}

type Duties = Api['duties.year']['output']['duties'] | undefined

/** What the organisation owes in the year of the meeting, as far as the reader may see it. */
function useDuties(orgId: string, { heldOn }: Form): Duties {
  const may = holds(useSession(), 'duties.read')
  return useRead('duties.year', { orgId, year: Number(heldOn.slice(0, 4)) }, { enabled: may }).data?.duties
}

/** The period a kind counts for: 9 月, 第三季度; what nobody asks for counts for nothing. */
function countedIn({ heldOn }: Form, kind: Form['kinds'][number], duties: Duties): Pick<FillsGroup['items'][number], 'state' | 'note'> {
  if (!duties) return { state: 'filled', note: '计入本期应办' }
  const of = duties.find((d) => d.duty === kind && d.from <= heldOn && heldOn <= d.dueOn)
  if (!of) return { state: 'later', note: '这一期没有应办要求' }
  return { state: 'filled', note: of.met >= of.expected ? `计入${of.periodName}，已办够` : `计入${of.periodName}应办` }
}

/** Where the record will stand without anybody writing it again. */
function fills(form: Form, duties: Duties): FillsGroup[] {
  const topics = form.items.filter((item) => item.topic.trim() !== '')
  const actions = form.items.flatMap((item) => item.actions).filter((a) => a.text.trim() !== '')
  const votes = form.items.filter((item) => item.vote)
  type Place = FillsGroup['items'][number]
  const groups: FillsGroup[] = [
    {
      title: '应办事项',
      items: form.kinds.map((kind) => ({ name: kindsText({ kinds: [kind], ownKind: form.own }), ...countedIn(form, kind, duties) })),
    },
    {
      title: '台账与手册',
      items: [
        { name: '支部会议记录簿', state: topics.length > 0 ? 'filled' : 'missing', note: topics.length > 0 ? '自动成册' : '缺议题' },
        { name: '年度三会一课台账', state: 'filled' },
        { name: '请假与列席登记', state: 'filled', note: form.absent.length > 0 ? `${form.absent.length} 人请假` : '全部到会' },
        ...(votes.length > 0 ? [{ name: '表决登记', state: 'filled', note: `${votes.length} 项` } satisfies Place] : []),
      ],
    },
    {
      title: '落实与公文',
      items: [
        ...(actions.length > 0
          ? [{ name: '下次会议的待办', state: 'later', note: `${actions.length} 件，未办结自动带出` } satisfies Place]
          : []),
        { name: '会议记录（公文格式）', state: 'filled', note: '可导出 Word' },
      ],
    },
  ]
  return groups.filter((g) => g.items.length > 0)
}
