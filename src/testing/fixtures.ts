/** Backups of a small unit, one for each released schema. */
export const FIXTURES = new URL('./fixtures/', import.meta.url)

/** No secret: the fixtures hold the invented people of `inputs/`. */
export const PASSPHRASE = '样本数据-没有什么秘密'
