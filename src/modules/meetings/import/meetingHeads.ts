import type { Head } from '#runtime/sheets/table.ts'

/** The columns of a ledger of meetings; the moment may stand in one column or in two. */
export const meetingHeads = [
  {
    key: 'org',
    title: '党支部',
    names: ['支部', '支部名称', '党支部名称', '所在党支部', '党组织', '党组织名称', '组织名称', '召开组织', '召开单位', '所属支部'],
    required: true,
  },
  {
    key: 'kinds',
    title: '会议类别',
    names: ['会议类型', '类别', '类型', '活动类别', '活动类型', '会议种类', '组织生活类别', '组织生活类型', '形式', '三会一课类型'],
    required: true,
  },
  { key: 'when', title: '时间', names: ['会议时间', '召开时间', '活动时间', '开展时间', '日期时间', '开会时间', '时间日期', '日期及时间'] },
  { key: 'date', title: '日期', names: ['会议日期', '召开日期', '活动日期', '开展日期', '开会日期'] },
  { key: 'start', title: '开始时间', names: ['起始时间', '时间起'] },
  { key: 'end', title: '结束时间', names: ['终止时间', '时间止'] },
  { key: 'place', title: '地点', names: ['会议地点', '活动地点', '召开地点', '场所'] },
  { key: 'chair', title: '主持人', names: ['主持', '会议主持', '会议主持人'] },
  { key: 'recorder', title: '记录人', names: ['记录', '会议记录人', '记录员'] },
  { key: 'lecturer', title: '授课人', names: ['讲课人', '主讲人', '党课主讲人', '讲授人'] },
  { key: 'expected', title: '应到', names: ['应到人数', '应到会人数', '应参加人数', '应出席人数', '应到会', '应参会人数'] },
  {
    key: 'present',
    title: '实到',
    names: ['实到人数', '实到会人数', '实际参加人数', '实际到会人数', '实出席人数', '实到会', '实际参会人数', '参会人数'],
  },
  {
    key: 'absent',
    title: '缺席人员及原因',
    names: ['缺席', '缺席人员', '缺席情况', '缺席人员和原因', '请假人员', '缺勤人员', '未到会人员及原因', '缺席及原因'],
  },
  { key: 'attendees', title: '参加人员', names: ['出席人员', '参会人员', '到会人员', '出席', '参加人'] },
  { key: 'observers', title: '列席人员', names: ['列席', '列席人'] },
  {
    key: 'topics',
    title: '会议议题',
    names: ['议题', '主题', '会议主题', '活动主题', '会议名称', '主要内容', '会议内容', '活动内容', '内容'],
  },
  { key: 'resolutions', title: '决议事项', names: ['决议', '会议决议', '决定事项', '形成决议', '议定事项'] },
  { key: 'votes', title: '表决情况', names: ['表决结果', '表决', '票数', '表决情况及结果'] },
  { key: 'number', title: '会议编号', names: ['编号'] },
  { key: 'archive', title: '归档号', names: ['档号', '档案号'] },
  { key: 'note', title: '备注', names: ['说明'] },
] as const satisfies Head<string>[]

/** The keys of a ledger's columns. */
export type MeetingKey = (typeof meetingHeads)[number]['key']
