/** Pixels of a side at most; twice what a list shows, for fine screens. */
const SIDE = 240
/** A picture that unpacks to more is not opened. */
const MOST_PIXELS = 100_000_000

/** A small WebP of a picture the way up it was held, without anything a camera wrote beside it; null where it cannot be opened. */
export async function thumbnailOf(data: Buffer): Promise<Buffer | null> {
  const { default: sharp } = await import('sharp')
  try {
    return await sharp(data, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 70 })
      .toBuffer()
  } catch {
    return null
  }
}
