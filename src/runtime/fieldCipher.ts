import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Keys } from './keys.ts'

/** Where a sealed field stands; the same bytes moved to another table, column or row do not open. */
export interface Place {
  table: string
  column: string
  row: string
}

export interface FieldCipher {
  /** AES-256-GCM; answers `v1.<key id>.<base64url of nonce, ciphertext and tag>`, different each time. */
  seal: (plain: string, place: Place) => string
  /** The sealed text; throws when it was altered, moved, or sealed with a key that is not here. */
  open: (sealed: string, place: Place) => string
  /** True when the field was sealed with an older key and should be sealed again. */
  isOld: (sealed: string) => boolean
  /** 64 hex digits, the same for the same value and purpose: an exact search without opening. The caller normalises the value first. */
  blindIndex: (value: string, purpose: string) => string
}

/** Seals single fields with the installation's keys, which lie outside the database. */
export function fieldCipher({ fields, blindIndex }: Pick<Keys, 'fields' | 'blindIndex'>): FieldCipher {
  return {
    seal(plain, place) {
      const { id, secret } = fields.current
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(bound(id, place))
      const bytes = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${id}.${bytes.toString('base64url')}`
    },
    open(sealed, place) {
      const [version, id = '', text = ''] = sealed.split('.')
      const key = fields.byId.get(id)
      const bytes = Buffer.from(text, 'base64url')
      if (version !== 'v1' || !key || bytes.length < 28) throw new Error('Not a sealed field, or its key is missing')
      const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(0, 12), { authTagLength: 16 })
      decipher.setAAD(bound(id, place)).setAuthTag(bytes.subarray(-16))
      return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
    },
    isOld: (sealed) => sealed.split('.')[1] !== fields.current.id,
    blindIndex: (value, purpose) =>
      createHmac('sha256', blindIndex.secret)
        .update(JSON.stringify([purpose, value]))
        .digest('hex'),
  }
}

const bound = (keyId: string, { table, column, row }: Place) => Buffer.from(JSON.stringify(['v1', keyId, table, column, row]))
