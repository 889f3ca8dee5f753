import type { ColumnType } from 'kysely'
import { tablesOf } from '#kernel/database.ts'
import type { FileKind } from './contract.ts'

type Unset<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface FileRow {
  org_id: string
  id: string
  name: string
  kind: FileKind
  bytes: number
  sha256: string
  sent_by: string
  sent_at: Date
  subject: Unset<string>
  subject_id: Unset<string>
  read_with: Unset<string>
  about_id: Unset<string>
  taken_at: Unset<Date>
  removed_at: Unset<Date>
  removed_by: Unset<string>
  removed_why: Unset<string>
}

export interface ContentRow {
  org_id: string
  file_id: string
  /** Null where the bucket has them, under `stored_key`. */
  bytes: Buffer | null
  stored_key: Unset<string>
  words: string
  thumbnail: Unset<Buffer>
}

export const tables = tablesOf<{ 'files.file': FileRow; 'files.content': ContentRow }>()
