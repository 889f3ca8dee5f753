import { ImportReview } from '#web/parts/ImportReview.tsx'

/** Imports a roster after a look at what it would do. */
export function ImportPage() {
  return (
    <ImportReview
      module="members"
      run="members.importRoster"
      crumb="导入花名册"
      title="把党员花名册放进来"
      drop="把花名册 Excel 拖到这里"
      dropNote=".xlsx、.xls 或 .csv；有 姓名、所在支部、人员类别、入党日期 四列就够，列的顺序不限，全国汇总表可以直接用"
      unit="人"
      shows={['按名册算出每次会的应到人数', '满 7 名正式党员还没设支委会的支部', '预备党员的转正日期', '每个支部今年应办的会']}
      sealed
      back="/members"
    />
  )
}
