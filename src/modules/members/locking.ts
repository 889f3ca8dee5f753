import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'

/** Holds the person until the transaction ends, so that two steps about one person cannot cross. */
export const lockPerson = ({ db }: { db: Db }, id: string) => sql`select from organisation.person where id = ${id} for update`.execute(db)
