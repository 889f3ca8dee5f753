import { Refusal } from '#kernel/errors.ts'
import { NewerDatabase } from '#kernel/migrate.ts'
import { isRefusal } from '#runtime/refusal.ts'

/** A Chinese reason for any error a command ends with; fields of a refused input stand below it. */
export function reasonOf(error: unknown, usage: string): string {
  if (error instanceof Refusal) {
    const fields = Object.entries(error.more.fields ?? {}).map(([at, says]) => `  ${at}：${says.join('；')}`)
    return [error.message, ...fields].join('\n')
  }
  if (isRefusal(error) || error instanceof NewerDatabase) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('ERR_PARSE_ARGS')) return `参数不对：${(error as Error).message}\n用法：${usage}`
  if (code === 'ENOENT') return `没有找到文件 ${(error as { path?: string }).path ?? ''}，请检查路径`
  if (code === 'EADDRINUSE') return '端口已被占用，请用 --port 换一个'
  if (code === '53100') return '磁盘已满，没有写入任何内容。请腾出空间后再试'
  return `没有办成：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
