import { isRefusal } from '#runtime/refusal.ts'
import { EXCLUSION_VIOLATION, pgError, UNIQUE_VIOLATION } from './database.ts'
import { busy, conflict, invalid, Refusal } from './errors.ts'

/** The refusal a person should read for this error, or undefined when it is a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (isRefusal(error)) return invalid(error.code, error.message)
  const pg = pgError(error)
  const known = pg && refusalOfDatabase(pg.code)
  if (known) return known
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return invalid('too-large', '内容太大了，请分几次提交或换小一点的文件')
  if (typeof status === 'number' && status >= 400 && status < 500) return invalid('bad-request', '请求的写法不对，请刷新页面后再试')
  if (
    error instanceof Error &&
    /ECONNREFUSED|ECONNRESET|EPIPE|ENOENT.*\.s\.PGSQL|Connection terminated|not queryable|timeout exceeded when trying to connect/.test(
      error.message,
    )
  )
    return busy('database-away', '数据库正在重启，几秒后再试，内容没有丢')
  return undefined
}

function refusalOfDatabase(code: string): Refusal | undefined {
  if (code === UNIQUE_VIOLATION || code === EXCLUSION_VIOLATION) return conflict('already-there', '已经有同样的一条了，请刷新后核对')
  if (code === '23503') return invalid('unknown-reference', '填的对象不存在或已不可用，请重新选择')
  // A day before the calendar, a number too large, a cursor written by hand: shapes cannot say all that the database takes.
  if (/^22(003|007|008|P02)$/.test(code))
    return invalid('bad-value', '有日期、数字或翻页位置不在可用的范围内，请改后再试，或从第一页重新看')
  if (code === '22021' || code === '22P05') return invalid('bad-text', '文字里有不能保存的字符，请删去后再试')
  if (code === '40001' || code === '40P01' || code === '55P03') return conflict('changed-meanwhile', '别人同时在改这一条，请再试一次')
  if (code === '53100' || code === '53200')
    return busy('disk-full', '服务器磁盘已满，暂时只能看不能存。已存的都在，请联系系统管理员腾出空间')
  if (/^(57P0[123]|53300|08)/.test(code)) return busy('database-away', '数据库正在重启，几秒后再试，内容没有丢')
  if (code === '57014') return busy('too-slow', '这一步用时太长，已经停下。请缩小范围再试')
  return undefined
}
