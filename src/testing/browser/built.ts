import { buildPage } from '#runtime/page.ts'

/** Builds the page before any journey: two that begin at once would build it twice, one into the other. */
export default async () => void (await buildPage())
