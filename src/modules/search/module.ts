import { z } from 'zod'
import { defineModule, type Finder } from '#kernel/module.ts'
import { anyone, query } from '#kernel/operation.ts'
import { textOf } from './text.ts'

const Found = z.object({ kind: z.string(), id: z.string(), title: z.string(), note: z.string(), open: z.string() })

/**
 * One search over what every module lets be found: by the first characters of a name, and by any word of a text; each shows only what
 * the actor may see. `capabilities` are those with which texts are read.
 */
export const searchOf = (finders: readonly Finder[], capabilities: readonly string[]) =>
  defineModule({
    name: 'search',
    operations: [
      query('search.find', {
        title: '按开头几个字找人员、组织和会议',
        input: z.object({ text: z.string().trim().min(1).max(60), limit: z.int().min(1).max(20).default(6) }),
        output: z.object({ items: z.array(Found) }),
        may: anyone,
        run: async (ctx, { text, limit }) => ({
          items: (await Promise.all(finders.map(({ find }) => find(ctx, text, limit)))).flat(),
        }),
      }),
      textOf(capabilities),
    ],
    migrations: new URL('./migrations/', import.meta.url),
  })
