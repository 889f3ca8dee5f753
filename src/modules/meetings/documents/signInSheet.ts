import { AlignmentType, Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, VerticalAlign, WidthType } from 'docx'
import type { PlanView } from '../contract.ts'
import { planWhenText } from '../planning/notice.ts'

const COLUMNS = 2
const font = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' }

/** A sheet on A4 with a box for each signature, two people side by side; heads repeat on every page. */
export function sheetToSign(plan: PlanView, people: readonly { name: string; note: string }[]): Promise<Buffer> {
  const lines = Math.ceil(people.length / COLUMNS)
  const rows = Array.from({ length: lines }, (_, i) =>
    [people[i], people[i + lines]].flatMap((p, side) => [p ? String(i + 1 + side * lines) : '', p ? withNote(p) : '', '']),
  )
  const children = [
    text(`${plan.orgName}${plan.title}签到表`, { size: 36, bold: true, center: true }),
    text(`时间：${planWhenText(plan)}　地点：${plan.place || '　　　　'}　应到：${plan.expected} 人`, { size: 24 }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [
        new TableRow({ tableHeader: true, children: [...head, ...head].map((t) => cell(t, true)) }),
        ...rows.map(
          (r) => new TableRow({ cantSplit: true, height: { value: 560, rule: 'atLeast' }, children: r.map((t) => cell(t, false)) }),
        ),
      ],
    }),
    text(`实到　　　人　主持人签字：　　　　　　记录人签字：`, { size: 24 }),
  ]
  return Packer.toBuffer(new Document({ title: '签到表', creator: '融建', sections: [{ children }] }))
}

const head = ['序号', '姓名', '签字']
const withNote = ({ name, note }: { name: string; note: string }) => (note ? `${name}（${note}）` : name)
const clean = (t: string) => t.replace(/[\ufffe\uffff]/g, '')

const text = (t: string, { size, bold = false, center = false }: { size: number; bold?: boolean; center?: boolean }) =>
  new Paragraph({
    spacing: { before: 120, after: 120 },
    ...(center ? { alignment: AlignmentType.CENTER } : {}),
    children: [new TextRun({ text: clean(t), size, bold, font })],
  })

const cell = (t: string, bold: boolean) =>
  new TableCell({
    verticalAlign: VerticalAlign.CENTER,
    children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text: clean(t), size: 24, bold, font })] })],
  })
