import type { MeetingKind, TemplateItem } from '../contract.ts'

const item = (topic: string, ...papers: string[]): TemplateItem => ({ topic, papers })

/**
 * What the agenda of each kind begins with, until an organisation writes its own. The order follows 支部工作条例（试行）第四章 and, for
 * 民主生活会 and 中心组学习, the rules of 2016 and 2017; every line may be changed in the plan.
 */
export const SHIPPED: Record<MeetingKind, TemplateItem[]> = {
  memberAssembly: [
    item('传达学习上级党组织有关精神', '学习材料'),
    item('听取支部委员会工作报告', '支委会工作报告'),
    item('讨论决定支部重要事项', '讨论事项说明'),
  ],
  branchCommittee: [
    item('第一议题：学习贯彻上级党组织有关精神', '学习材料'),
    item('研究本月支部工作安排', '工作安排'),
    item('分析党员和职工思想状况'),
  ],
  groupMeeting: [item('学习有关文件', '学习材料'), item('落实支部交办任务'), item('交流思想、开展批评与自我批评')],
  partyLecture: [item('讲党课', '课件或讲稿'), item('讨论交流')],
  themePartyDay: [item('集中学习', '学习材料'), item('主题活动', '活动方案'), item('交流讨论')],
  orgLifeMeeting: [
    item('通报上次组织生活会整改落实和本次会前准备情况', '整改落实情况', '征求意见汇总'),
    item('支委会对照检查', '支委会对照检查材料'),
    item('党员逐人发言，开展批评与自我批评'),
    item('确定整改事项、责任人和时限', '整改事项清单'),
  ],
  democraticAppraisal: [
    item('宣布评议办法和等次', '评议办法'),
    item('党员个人自评', '个人自评材料'),
    item('党员互评'),
    item('民主测评（纸质测评表，计票人、监票人分别计数）', '民主测评表'),
  ],
  democraticLifeMeeting: [
    item('通报上一年度民主生活会整改措施落实情况', '整改落实情况'),
    item('通报征求意见情况', '征求意见汇总'),
    item('主要负责同志代表班子作对照检查', '班子对照检查材料'),
    item('班子成员逐一对照检查，开展批评与自我批评', '个人发言提纲'),
    item('主要负责同志总结讲话，提出整改要求'),
  ],
  centerGroupStudy: [
    item('领学重点内容', '学习材料'),
    item('中心发言', '发言材料'),
    item('交流研讨'),
    item('研究贯彻落实措施、责任分工和时限', '落实措施清单'),
  ],
  committeeMeeting: [item('第一议题：传达学习上级精神，研究贯彻措施、责任分工和时限', '学习材料'), item('逐项审议议题', '议题材料')],
  secretaryReport: [
    item('宣布述职评议办法', '评议办法'),
    item('党组织书记逐人述职', '述职报告'),
    item('上级点评、与会人员提问'),
    item('民主测评（纸质测评表，计票人、监票人分别计数）', '民主测评表'),
  ],
  other: [item('会议议题')],
  otherOfAll: [item('会议议题')],
  otherOfCommittee: [item('会议议题')],
}
