import { dateText } from '#web/text.ts'
import { type Act, LABELS, SOURCES, TASK_STATES, type TaskCard, type TaskState } from '../contract.ts'

/** How a state is drawn: by kind of Status and in words. */
export const stateLook = (state: TaskState): { kind: 'done' | 'soon' | 'calm' | 'note'; words: string } => ({
  kind: ({ closed: 'done', submitted: 'soon', above: 'note' } as const)[state as 'closed'] ?? 'calm',
  words: TASK_STATES[state],
})

/** What is known of a task besides its state: facts, and a finding of the 纪委 where there is one. Never a word for it by ourselves. */
export const factsOf = ({ overdueDays, handOffs, recurrences, label }: TaskCard): string[] => [
  ...(overdueDays > 0 ? [`逾期 ${overdueDays} 天`] : []),
  ...(handOffs > 0 ? [`已转 ${handOffs} 个部门`] : []),
  ...(recurrences > 0 ? [`第 ${recurrences + 1} 次办`] : []),
  ...(label ? [`纪检认定${LABELS[label.label]} ${dateText(label.on)}`] : []),
]

/** Who has it, and since when it comes from where. */
export const lineOf = (t: TaskCard): string => [t.lead ? `${t.orgName} ${t.lead.name}` : t.orgName, SOURCES[t.source]].join(' · ')

/** What is asked of the reader, as a sentence begins. */
export const ACT_WORDS: Record<Act, string> = {
  do: '由你办',
  settle: '等你定由谁办',
  verify: '已报结果，等你验收',
  extension: '申请延期，等你答复',
  answer: '请你协办，等你答复',
  effect: '到了看成效的日子',
}

export const STEP_WORDS: Record<string, string> = {
  receive: '接收',
  plan: '安排落实',
  note: '进展',
  assign: '指定由谁来办',
  invite: '邀请协办',
  accept: '同意协办',
  decline: '不能协办',
  submit: '报办结',
  verify: '验收通过',
  return: '退回重办',
  askExtension: '申请延期',
  extend: '同意延期',
  refuseExtension: '不同意延期',
  handOff: '转办',
  settle: '上级定责任方',
  split: '向下级分解部署',
  resolve: '会上报告结果，办结',
  effectHolds: '成效保持住了',
  effectFails: '成效没有保持住',
  reopen: '又出现了，重新办',
  cancel: '撤销',
  label: '纪检认定',
  withdrawLabel: '纪检撤回认定',
}
