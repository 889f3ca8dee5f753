export { readFeed } from './feed.ts'
