import { xlsxBuffer } from '#runtime/sheets/write.ts'
import type { Event } from './event.ts'
import { COMMITTEE } from './unit.ts'

/** The committee's office prepares a superior's form, sorts how posts are written, and tells the branches how a quarter went. */
export const paperEvents = (): Event[] => [
  {
    on: '2026-07-06',
    time: '10:00',
    run: async (stage) => {
      const orgId = stage.orgs.get(COMMITTEE.key)!
      const data = await xlsxBuffer([
        {
          name: '基本情况',
          title: '示例矿业集团基层党组织基本情况季报表',
          columns: [
            { title: '项目', width: 24 },
            { title: '内容', width: 20 },
            { title: '项目', width: 24 },
            { title: '内容', width: 20 },
          ],
          rows: [
            ['填报单位', '', '填报时间段', ''],
            ['党支部数', '', '党员总数', ''],
            ['其中：预备党员', '', '入党积极分子', ''],
            ['党员大会次数', '', '党课次数', ''],
            ['填报人', '', '填报日期', ''],
          ],
        },
      ])
      const { id } = await stage.owner('forms.add', { orgId, name: '基层党组织基本情况季报表' }, { fileName: '季报空表.xlsx', data })
      const cells = Object.entries(PLACES).map(([ref, source]) => ({ sheet: '基本情况', ref, source }))
      await stage.owner('forms.map', { id, version: 1, spots: { cells, lists: [] } })
    },
  },
  {
    on: '2026-07-08',
    time: '15:00',
    run: async (stage) => {
      const orgId = stage.orgs.get(COMMITTEE.key)!
      await stage.owner('statistics.sort', { orgId, kind: 'job', text: '井下采掘工', code: '016', version: 0 })
      const title = '第二季度组织生活情况通报'
      const body = '现将第二季度组织生活情况通报如下。有逾期未办事项的支部，请说明原因，七月底前补上。'
      const { id } = await stage.owner('bulletins.draft', { orgId, title, from: '2026-04-01', to: '2026-06-30', body })
      await stage.owner('bulletins.issue', { id, version: 1, docNo: '一矿党通〔2026〕4号', on: '2026-07-08' })
    },
  },
]

const PLACES = {
  B3: 'org.name',
  D3: 'period.name',
  B4: 'org.branches',
  D4: 'people.members',
  B5: 'people.probationary',
  D5: 'people.activists',
  B6: 'meetings.memberAssembly',
  D6: 'meetings.partyLecture',
  B7: 'filled.by',
  D7: 'filled.on',
}
