import { buildPage } from '#runtime/page.ts'
import { page } from '../../server.ts'
import type { World } from '../world.ts'

/** Serves the built page and the operations of a world on a free port of this machine. Call it before anything else uses the world. */
export async function siteOf({ app }: World): Promise<{ url: string }> {
  await buildPage()
  await page(app)
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }) }
}
