/** The PostgreSQL that tests run on: 18 as shipped, or the oldest that a server of one's own may be. */
export const POSTGRES_VERSION = process.env.RONGJIAN_TEST_POSTGRES === '15' ? 15 : 18
