import { defineModule } from '#kernel/module.ts'
import { about } from './about.ts'
import { feeds, makeFeed, revokeFeed } from './operations/feeds.ts'
import { month } from './operations/month.ts'

/** What meets on which day, one's own and a branch's, in the page and by a secret link in another calendar. It records nothing. */
export const calendar = defineModule({
  name: 'calendar',
  operations: [month, feeds, makeFeed, revokeFeed],
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
