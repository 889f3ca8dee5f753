/** A value of a handmade .xls: text, a number, or a day as its serial number. */
export type XlsValue = string | number | { serial: number }

/** The bytes of an .xls (BIFF8 in an OLE2 container) with one sheet, as Excel 97 to 2003 wrote them. */
export const handmadeXls = (rows: XlsValue[][], name = 'Sheet1'): Buffer => container(workbookStream(rows, name))

const workbookStream = (rows: XlsValue[][], name: string): Buffer => {
  const strings = [...new Set(rows.flat().filter((value) => typeof value === 'string'))]
  const nameBytes = Buffer.from(name, 'utf16le')
  const globals = (sheetAt: number) =>
    Buffer.concat([
      record(0x0809, u16(0x0600, 0x0005, 0, 0, 0, 0, 0, 0)),
      record(0x00e0, u16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
      record(0x00e0, u16(0, 14, 0, 0, 0, 0, 0, 0, 0, 0)),
      record(0x0085, Buffer.concat([u32(sheetAt), Buffer.from([0, 0, name.length, 1]), nameBytes])),
      record(0x00fc, Buffer.concat([u32(strings.length, strings.length), ...strings.map(unicode)])),
      record(0x000a, Buffer.alloc(0)),
    ])
  const cells = rows.flatMap((values, row) =>
    values.map((value, column) => {
      if (typeof value === 'string') return record(0x00fd, Buffer.concat([u16(row, column, 0), u32(strings.indexOf(value))]))
      const number = Buffer.alloc(8)
      number.writeDoubleLE(typeof value === 'number' ? value : value.serial)
      return record(0x0203, Buffer.concat([u16(row, column, typeof value === 'number' ? 0 : 1), number]))
    }),
  )
  const head = globals(globals(0).length)
  return Buffer.concat([head, record(0x0809, u16(0x0600, 0x0010, 0, 0, 0, 0, 0, 0)), ...cells, record(0x000a, Buffer.alloc(0))])
}

const record = (id: number, data: Buffer) => Buffer.concat([u16(id, data.length), data])
const unicode = (text: string) => Buffer.concat([u16(text.length), Buffer.from([1]), Buffer.from(text, 'utf16le')])

const u16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => {
    bytes.writeUInt16LE(value, index * 2)
  })
  return bytes
}

const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    bytes.writeUInt32LE(value >>> 0, index * 4)
  })
  return bytes
}

const sector = 512
const [free, endOfChain, fatSector] = [0xffffffff, 0xfffffffe, 0xfffffffd]

// One FAT sector, one directory sector, then the stream, padded so that it does not go into the small-sector area.
const container = (stream: Buffer): Buffer => {
  const sectors = Math.max(8, Math.ceil(stream.length / sector))
  const padded = Buffer.concat([stream, Buffer.alloc(sectors * sector - stream.length)])
  const header = Buffer.alloc(sector, 0xff)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header, 0)
  header.fill(0, 8, 24)
  u16(0x3e, 3, 0xfffe, 9, 6, 0, 0, 0).copy(header, 24)
  u32(0, 1, 1, 0, 4096, endOfChain, 0, endOfChain, 0, 0).copy(header, 40)
  const chain = Array.from({ length: sectors }, (_, index) => (index === sectors - 1 ? endOfChain : index + 3))
  const fat = u32(fatSector, endOfChain, ...chain, ...Array.from({ length: 126 - sectors }, () => free))
  const directory = Buffer.concat([
    entry('Root Entry', 5, 1, endOfChain, 0),
    entry('Workbook', 2, free, 2, padded.length),
    Buffer.alloc(256),
  ])
  return Buffer.concat([header, fat, directory, padded])
}

const entry = (name: string, type: number, child: number, start: number, size: number): Buffer => {
  const bytes = Buffer.alloc(128)
  bytes.write(name, 0, 'utf16le')
  bytes.writeUInt16LE((name.length + 1) * 2, 64)
  bytes[66] = type
  bytes[67] = 1
  u32(free, free, child).copy(bytes, 68)
  u32(start, size, 0).copy(bytes, 116)
  return bytes
}
