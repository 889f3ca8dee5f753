import type { Verdict } from '#kernel/errors.ts'

/** The verdict as rows carry it to the page: true, or code and reason. */
export const canOf = (verdict: Verdict): true | { code: string; message: string } =>
  verdict === true ? true : { code: verdict.code, message: verdict.message }
