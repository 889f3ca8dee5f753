import type { Head } from '#runtime/sheets/table.ts'

/** One file may say bases, payments or both: the columns decide what a row means. */
export const duesHeads = [
  { key: 'name', title: '姓名', names: ['党员姓名', '党员', '交纳人', '交费人', '付款人'], required: true },
  { key: 'staffNo', title: '工号', names: ['员工号', '职工号', '人员编号', '员工编号'] },
  { key: 'payer', title: '交纳类别', names: ['人员类型', '类别', '缴费类别', '交费类别'] },
  { key: 'base', title: '月基数', names: ['党费基数', '交纳基数', '缴费基数', '缴纳基数', '基数', '月工资基数', '计算基数'] },
  { key: 'month', title: '月份', names: ['所属月份', '交纳月份', '缴费月份', '起始月份', '起始月', '所属期', '缴纳月份'], required: true },
  {
    key: 'amount',
    title: '交纳金额',
    names: ['金额', '实交金额', '实缴金额', '已交金额', '缴纳金额', '党费金额', '交费金额', '交易金额', '实交'],
  },
  { key: 'paidOn', title: '交纳日期', names: ['缴纳日期', '交费日期', '缴费日期', '付款日期', '交易日期', '日期', '交易时间'] },
  { key: 'method', title: '交纳方式', names: ['方式', '缴纳方式', '缴费方式', '交费方式', '支付方式', '渠道'] },
] as const satisfies Head<string>[]

export type DuesKey = (typeof duesHeads)[number]['key']

/** Words of a file in which an employer took the dues from pay. */
export const DEDUCTION = /代扣|扣缴|扣款|工资扣|扣党费|扣除|垫交|垫缴/
