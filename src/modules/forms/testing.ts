import { writeZip } from '#runtime/sheets/zipWrite.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const drawing = 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

const cell = (ref: string, words: string) => `<c r="${ref}" s="1" t="inlineStr"><is><t>${words}</t></is></c>`

export interface BlankOptions {
  /** Lines put in above the figures, as superiors do from year to year. */
  moved?: number
  macro?: boolean
}

/** A superior's blank as Excel writes one: merged title, styles, a formula with its old value, a picture, print settings, rows to fill. */
export async function blankForm({ moved = 0, macro = false }: BlankOptions = {}): Promise<Buffer> {
  const r = (n: number) => n + moved
  const rows = [
    `<row r="1" spans="1:4">${cell('A1', '党支部基本情况统计表')}<c r="B1" s="1"/></row>`,
    ...Array.from({ length: moved }, (_, i) => `<row r="${2 + i}">${cell(`A${2 + i}`, '（新增说明）')}</row>`),
    `<row r="${r(2)}" ht="24" customHeight="1">${cell(`A${r(2)}`, '党组织')}<c r="B${r(2)}" s="2"/>${cell(`C${r(2)}`, '党员人数')}<c r="D${r(2)}" s="2"/></row>`,
    `<row r="${r(3)}">${cell(`A${r(3)}`, '正式')}<c r="B${r(3)}" s="2"/>${cell(`C${r(3)}`, '合计校核')}<c r="D${r(3)}"><f>B${r(3)}+0</f><v>0</v></c></row>`,
    `<row r="${r(4)}">${cell(`A${r(4)}`, '序号')}${cell(`B${r(4)}`, '姓名')}${cell(`C${r(4)}`, '人员类别')}</row>`,
    `<row r="${r(5)}"><c r="A${r(5)}" s="2"/><c r="B${r(5)}" s="2"/></row>`,
  ].join('')
  const sheet = `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}"><cols><col min="1" max="4" width="18" customWidth="1"/></cols><sheetData>${rows}</sheetData><mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells><pageSetup paperSize="9" orientation="landscape"/><drawing r:id="rId1"/></worksheet>`
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const relations = (...of: string[]) =>
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${of.join('')}</Relationships>`
  const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="0"/><xf borderId="0"/></cellXfs></styleSheet>`
  const parts: [string, string | Buffer][] = [
    ['[Content_Types].xml', contentTypes()],
    ['_rels/.rels', relations(relation('rId1', 'officeDocument', 'xl/workbook.xml'))],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="基本情况" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(relation('rId1', 'worksheet', 'worksheets/sheet1.xml'), relation('rId2', 'styles', 'styles.xml')),
    ],
    ['xl/styles.xml', styles],
    ['xl/worksheets/sheet1.xml', sheet],
    ['xl/worksheets/_rels/sheet1.xml.rels', relations(relation('rId1', 'drawing', '../drawings/drawing1.xml'))],
    ['xl/drawings/drawing1.xml', `${declaration}<xdr:wsDr xmlns:xdr="${drawing}"/>`],
    ['xl/media/image1.png', PICTURE],
    ...(macro ? [['xl/vbaProject.bin', PICTURE] as [string, Buffer]] : []),
  ]
  const pieces: Buffer[] = []
  for await (const piece of writeZip(parts.map(([name, text]) => ({ name, text: [text] })))) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Without it no office program opens a workbook. */
function contentTypes(): string {
  const kind = (of: string) => `application/vnd.openxmlformats-officedocument.${of}+xml`
  const part = (name: string, of: string) => `<Override PartName="/xl/${name}" ContentType="${kind(of)}"/>`
  return `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>${part('workbook.xml', 'spreadsheetml.sheet.main')}${part('worksheets/sheet1.xml', 'spreadsheetml.worksheet')}${part('styles.xml', 'spreadsheetml.styles')}${part('drawings/drawing1.xml', 'drawing')}</Types>`
}

/** Bytes that are no text in any encoding. */
export const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00, 0xc3, 0x28])
