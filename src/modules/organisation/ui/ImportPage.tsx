import { ImportReview } from '#web/parts/ImportReview.tsx'

/** Imports a list of organisations after a look at what it would do. */
export function ImportPage() {
  return (
    <ImportReview
      module="organisation"
      run="organisation.importOrgs"
      crumb="导入组织"
      title="把组织信息表放进来"
      drop="把组织信息表拖到这里"
      dropNote=".xlsx、.xls 或 .csv；有 组织名称、上级组织、组织类别、建立日期 几列就够，列的顺序不限"
      unit="个党组织"
      shows={['组织架构树，按日期可回看', '届满和半年内届满的组织', '覆盖的行政单位', '按成立日期起算的应办事项']}
      next={{ to: '/members/import', label: '接着导入花名册' }}
      back="/organisation"
    />
  )
}
