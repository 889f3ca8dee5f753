import { ImportReview } from '#web/parts/ImportReview.tsx'

/** Brings a year's paper ledger in after a look at what it would do. */
export function ImportPage() {
  return (
    <ImportReview
      module="meetings"
      run="meetings.importLedger"
      crumb="导入台账"
      title="把三会一课台账放进来"
      drop="把三会一课台账拖到这里"
      dropNote=".xlsx、.xls 或 .csv；台账是历史，与名册或现行规定不一致的只作提示、留在记录里，不会拒收；导入的记录标为已归档（纸质）"
      unit="次会议"
      shows={['每次会议的到会和表决', '各支部这一年应办的会办了没有', '与名册、规定不一致的提示', '可导出的全年台账']}
      back="/meetings/list"
    />
  )
}
