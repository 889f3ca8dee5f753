import { z } from 'zod'
import { defineModule, type Finder } from '#kernel/module.ts'
import { anyone, query } from '#kernel/operation.ts'

const Found = z.object({ kind: z.string(), id: z.string(), title: z.string(), note: z.string(), open: z.string() })

/** One search over what every module lets be found; each finder shows only what the actor may see. */
export const searchOf = (finders: readonly Finder[]) =>
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
    ],
    migrations: new URL('./migrations/', import.meta.url),
  })
