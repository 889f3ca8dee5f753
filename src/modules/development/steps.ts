/** The five stages of 发展党员. */
export const STAGES = ['申请入党', '入党积极分子', '发展对象', '接收预备党员', '考察转正'] as const

const RULES = '《中国共产党发展党员工作细则》'

export interface StepRule {
  no: number
  stage: number
  title: string
  clause: string
  /** Papers without which the step is not taken; the paper stays where it is, the list says that it is there. */
  papers: readonly string[]
  /** Which steps come before; the one before it when left out. */
  after?: readonly number[]
  /** Taken by the superior's answer to a request of this kind. */
  request?: 'activistFiling' | 'targetFiling' | 'preReview' | 'admission' | 'conversion'
  /** Who takes it; the branch when left out. */
  by?: 'superior'
  /** What it needs beside a day: people, a vote of the assembly, hours of training. */
  needs?: 'mentors' | 'sponsors' | 'vote' | 'training'
  /** May be taken again and again, e.g. a review each half-year. */
  repeated?: true
  /** What the rule says to do, in a line. */
  hint: string
}

/** The twenty-five steps, in the order of the rules; each condition with a figure stands in `rules.ts`. */
export const STEPS: readonly StepRule[] = [
  { no: 1, stage: 0, title: '递交入党申请书', clause: `${RULES}第五条`, papers: ['入党申请书'], after: [], hint: '年满 18 岁，本人向工作单位党组织提出书面申请' },
  { no: 2, stage: 0, title: '党组织派人谈话', clause: `${RULES}第八条`, papers: ['谈话记录'], hint: '收到申请书后一个月内派人谈话' },
  { no: 3, stage: 1, title: '推荐和确定入党积极分子', clause: `${RULES}第九条`, papers: ['推荐（推优）材料', '支委会会议记录'], hint: '党员推荐或群团推优，支委会（不设支委会的由支部大会）研究决定；28 岁以下青年一般从团员中发展' },
  { no: 4, stage: 1, title: '上级党委备案', clause: `${RULES}第九条`, papers: ['备案报告'], request: 'activistFiling', hint: '报上级党委备案' },
  { no: 5, stage: 1, title: '指定培养联系人', clause: `${RULES}第十一条`, papers: ['培养考察登记表'], after: [3], needs: 'mentors', hint: '一至两名正式党员' },
  { no: 6, stage: 1, title: '培养教育考察', clause: `${RULES}第十二、十三条`, papers: ['考察意见'], repeated: true, hint: '每半年考察一次，可以多次记录' },
  { no: 7, stage: 2, title: '确定发展对象', clause: `${RULES}第十三条`, papers: ['党小组、培养联系人、党员和群众意见', '支委会会议记录'], after: [4, 6], hint: '经过一年以上培养教育考察、基本具备党员条件；在上级下达的年度计划数以内' },
  { no: 8, stage: 2, title: '上级党委备案', clause: `${RULES}第十三条`, papers: ['备案报告'], request: 'targetFiling', hint: '报上级党委备案' },
  { no: 9, stage: 2, title: '确定入党介绍人', clause: `${RULES}第十四条`, papers: ['入党介绍人登记'], after: [8], needs: 'sponsors', hint: '两名正式党员' },
  { no: 10, stage: 2, title: '政治审查', clause: `${RULES}第十六条`, papers: ['政治审查结论性材料'], after: [8], hint: '未经政治审查或政治审查不合格的，不能发展入党' },
  { no: 11, stage: 2, title: '集中培训', clause: `${RULES}第十七条`, papers: ['培训结业证明'], after: [8], needs: 'training', hint: '不少于三天或不少于 24 学时' },
  { no: 12, stage: 3, title: '支委会审查', clause: `${RULES}第十八条`, papers: ['支委会审查意见'], after: [9, 10, 11], hint: '征求党员和群众意见' },
  { no: 13, stage: 3, title: '上级党委预审', clause: `${RULES}第十八条`, papers: ['预审请示'], request: 'preReview', hint: '审查结果书面通知支部，合格的发给入党志愿书' },
  { no: 14, stage: 3, title: '填写入党志愿书', clause: `${RULES}第十八条`, papers: ['入党志愿书'], hint: '在入党介绍人指导下由本人填写' },
  { no: 15, stage: 3, title: '支部大会讨论', clause: `${RULES}第十九、二十条`, papers: ['支部大会会议记录', '表决票和票决情况'], needs: 'vote', hint: '逐人讨论、逐人表决；本单位规定公示的先公示；三个月内将离开的，一般不办理接收' },
  { no: 16, stage: 3, title: '上级党委派人谈话', clause: `${RULES}第二十二条`, papers: ['谈话记录'], by: 'superior', hint: '党委审批前，指派党委委员或组织员谈话' },
  { no: 17, stage: 3, title: '上级党委审批', clause: `${RULES}第二十二、二十三条`, papers: ['党委审批意见'], request: 'admission', hint: '三个月内审批，特殊情况最长不超过六个月；预备期自支部大会通过之日算起' },
  { no: 18, stage: 3, title: '再上一级组织部门备案', clause: `${RULES}第二十三条`, papers: ['备案表'], by: 'superior', after: [17], hint: '党委审批后报上一级党委组织部门备案' },
  { no: 19, stage: 4, title: '编入党支部和党小组', clause: `${RULES}第二十六条`, papers: ['编入通知或记录'], after: [17], hint: '及时编入，参加组织生活' },
  { no: 20, stage: 4, title: '入党宣誓', clause: `${RULES}第二十七条`, papers: ['宣誓记录'], after: [17], hint: '面向党旗进行入党宣誓' },
  { no: 21, stage: 4, title: '继续教育考察', clause: `${RULES}第二十八条`, papers: ['预备党员教育考察意见'], after: [19], repeated: true, hint: '通过组织生活、听取汇报、谈心、培训等继续教育考察，可以多次记录' },
  { no: 22, stage: 4, title: '提出转正申请', clause: `${RULES}第三十一条`, papers: ['转正申请书'], hint: '预备期满，本人书面申请' },
  { no: 23, stage: 4, title: '支部大会讨论转正', clause: `${RULES}第三十一条`, papers: ['支部大会会议记录', '表决票和票决情况'], needs: 'vote', hint: '预备期满后及时讨论；转正的手续同接收' },
  { no: 24, stage: 4, title: '上级党委审批', clause: `${RULES}第三十二条`, papers: ['党委审批意见'], request: 'conversion', hint: '三个月内审批；党龄从转为正式党员之日算起' },
  { no: 25, stage: 4, title: '材料归档', clause: `${RULES}第三十四条`, papers: ['归档材料目录'], after: [24, 18, 20], hint: '入党志愿书、申请书、政审材料、转正申请书和培养考察材料存入档案；发展党员材料永久保管' },
] // biome-ignore format: one row a step

export const stepRule = (no: number): StepRule => STEPS[no - 1]!
export const comesAfter = ({ no, after }: StepRule): readonly number[] => after ?? [no - 1]
