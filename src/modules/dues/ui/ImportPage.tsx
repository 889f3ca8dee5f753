import { ImportReview } from '#web/parts/ImportReview.tsx'

/** Imports bases, or what members paid themselves, after a look at what it would do. */
export function ImportPage() {
  return (
    <ImportReview
      module="dues"
      run="dues.importFile"
      crumb="导入党费表"
      title="把党费基数表或本人交纳明细放进来"
      drop="把 Excel 拖到这里"
      dropNote="基数表要有 姓名、月份、月基数；交纳明细要有 姓名、月份、交纳金额、交纳日期。代扣表不能导入：不得垫交或扣缴党员党费"
      unit="行"
      shows={['每人每月应交多少', '谁还没有交足', '金额与应交不符的', '年度公布表']}
      back="/dues"
    />
  )
}
