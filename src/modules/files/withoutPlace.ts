import type { FileKind } from './contract.ts'

/** The picture without what a camera writes beside it (place, device, time); only which way up it was held stays. Other files stay as they are. */
export function withoutPlace(kind: FileKind, data: Buffer): Buffer {
  if (kind === 'jpg') return jpeg(data)
  if (kind === 'png') return png(data)
  return data
}

const APP0 = 0xe0
const APP1 = 0xe1
const APP15 = 0xef
const COMMENT = 0xfe
const START_OF_SCAN = 0xda

/** Drops the application segments but JFIF (APP0), ICC profiles (APP2) and Adobe's colour transform (APP14). */
function jpeg(data: Buffer): Buffer {
  const kept: Buffer[] = [data.subarray(0, 2)]
  let turned = 1
  let at = 2
  while (at + 4 <= data.length && data[at] === 0xff && data[at + 1] !== START_OF_SCAN) {
    const marker = data[at + 1]!
    const end = at + 2 + data.readUInt16BE(at + 2)
    const segment = data.subarray(at, end)
    if (marker === APP1) turned = turnIn(segment) ?? turned
    const dropped = marker === COMMENT || (marker > APP0 && marker <= APP15 && marker !== 0xe2 && marker !== 0xee)
    if (!dropped) kept.push(segment)
    at = end
  }
  if (turned > 1) kept.splice(1, 0, turnSegment(turned))
  return Buffer.concat([...kept, data.subarray(at)])
}

const ORIENTATION = 0x0112

/** The orientation (1–8) that an Exif segment names. */
function turnIn(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 4, 8) !== 'Exif' || segment.length < 20) return undefined
  const tiff = segment.subarray(10)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number) => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const first = u32(4)
  for (let i = 0; i < Math.min(u16(first), 100); i++) {
    const entry = first + 2 + i * 12
    if (u16(entry) === ORIENTATION) return Math.min(8, Math.max(1, u16(entry + 8)))
  }
  return undefined
}

/** An Exif segment that says nothing but the orientation. */
function turnSegment(turned: number): Buffer {
  const body = Buffer.from('457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001' + '00000000' + '00000000', 'hex')
  body.writeUInt16BE(turned, 6 + 8 + 2 + 8)
  const head = Buffer.from([0xff, APP1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** Drops the chunks that hold texts, times and Exif. */
function png(data: Buffer): Buffer {
  const kept: Buffer[] = [data.subarray(0, 8)]
  let at = 8
  while (at + 12 <= data.length) {
    const end = at + 12 + data.readUInt32BE(at)
    if (!/^(eXIf|tEXt|zTXt|iTXt|tIME)$/.test(data.toString('latin1', at + 4, at + 8))) kept.push(data.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}
