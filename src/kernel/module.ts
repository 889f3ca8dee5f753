import type { RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { Block } from '#runtime/document/document.ts'
import type { AboutSource } from './about.ts'
import type { Db } from './database.ts'
import type { Measure, ObjectSource } from './measure.ts'
import type { AnyOperation, Ctx } from './operation.ts'

/** What a capability allows, in Chinese, and the posts and offices that bring it. */
export interface Capability {
  title: string
  roles: readonly string[]
}

/** Finds what a person looks for by the first characters; rows are confined to what the actor may see. */
export interface Finder {
  kind: string
  find: (ctx: Ctx, text: string, limit: number) => Promise<Found[]>
}

export interface Found {
  kind: string
  id: string
  title: string
  note: string
  /** The page that shows it. */
  open: string
}

/** A record as it can be found by any word of it. */
export interface RecordText {
  id: string
  orgId: string
  /** The capability with which all of this text may be read at that organisation. */
  readWith: string
  title: string
  note: string
  open: string
  /** YYYY-MM-DD: the newest are shown first. */
  day: string
  body: string
}

/** The texts of one kind of records. They are read again when a fact of these kinds names a record as its subject. */
export interface TextSource {
  kind: string
  follows: readonly string[]
  /** The records of these ids, at these organisations, as they stand; one that is gone, or is no longer to be found, is left out. */
  read: (db: Db, ids: readonly string[], orgIds: readonly string[]) => Promise<RecordText[]>
}

/** What a chapter is about: a branch in a span of days (YYYY-MM-DD, both included). */
export interface ChapterAbout {
  orgId: string
  path: string
  name: string
  from: string
  to: string
}

/** A chapter of the 支部工作手册, written from records. */
export interface Chapter {
  key: string
  title: string
  /** Ascending. */
  order: number
  /** The capability with which all of it may be read at that branch; what needs more it leaves out itself. */
  readWith: string
  /** What stands in it, in one sentence, and its text; no blocks where there is no record. */
  write: (ctx: Ctx, about: ChapterAbout) => Promise<{ says: string; blocks: Block[] }>
}

/** Everything the rest of the system needs to know about a module. */
export interface Module {
  name: string
  operations: readonly AnyOperation[]
  capabilities?: Record<string, Capability>
  facts?: Record<string, z.core.$ZodType>
  measures?: readonly Measure[]
  /** What evaluations can be about. */
  objects?: ObjectSource
  finders?: readonly Finder[]
  texts?: readonly TextSource[]
  /** What it holds about a person. */
  about?: AboutSource
  chapters?: readonly Chapter[]
  /** The roles a person holds through this module on a day: a select of role, org_id, path, subtree. */
  roles?: (personId: string, day: string) => RawBuilder<unknown>
  /** Brings what this release ships into the installation; run at every start, so it must find what is there already. */
  install?: (ctx: Ctx) => Promise<unknown>
  migrations: URL
}

export const defineModule = <const M extends Module>(m: M): M => m

type Operations<M extends readonly Module[]> = M[number]['operations'][number]

/** The whole API as a type: operation name → input and output. The web client is built from this alone. */
export type ApiOf<M extends readonly Module[]> = {
  [Op in Operations<M> as Op['name']]: { input: z.input<Op['input']>; output: z.output<Op['output']> }
}
