import type pg from 'pg'
import { bad, type Check, ok, warn } from './finding.ts'

/** The findings that only the database itself can give: version, safety of writes, sorting, and what the application's login may do. */
export async function databaseChecks(client: pg.Client): Promise<Check[]> {
  return [
    await version(client),
    ...(await settings(client)),
    await sorting(client),
    await clocks(client),
    await appLogin(client),
    await appendOnly(client),
    await connections(client),
  ]
}

async function version(client: pg.Client): Promise<Check> {
  const { number, text } = await row<{ number: number; text: string }>(
    client,
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  )
  if (number >= 150_000) return ok('PostgreSQL 版本', text)
  return bad('PostgreSQL 版本', `${text} 太旧`, '需要 15 或更新的版本。请升级数据库服务器，或使用内置的数据库。')
}

const wanted: [string, string, 'bad' | 'warn', string][] = [
  ['fsync', 'on', 'bad', '断电会损坏数据库。请在 postgresql.conf 中设 fsync = on。'],
  ['full_page_writes', 'on', 'bad', '断电会损坏数据库。请在 postgresql.conf 中设 full_page_writes = on。'],
  ['synchronous_commit', 'on', 'bad', '断电会丢失已经答复“成功”的操作。请设 synchronous_commit = on。'],
  ['data_checksums', 'on', 'warn', '磁盘悄悄出错时不能发现。请停库后执行 pg_checksums --enable。'],
  ['server_encoding', 'UTF8', 'bad', '不能保存全部汉字。请新建 UTF8 编码的数据库。'],
]

async function settings(client: pg.Client): Promise<Check[]> {
  const { rows } = await client.query<{ name: string; value: string }>(
    'select name, current_setting(name) as value from unnest($1::text[]) as name',
    [wanted.map(([name]) => name)],
  )
  const found = new Map(rows.map(({ name, value }) => [name, value]))
  return wanted.map(([name, value, level, remedy]) => {
    const says = `${found.get(name)}`
    if (says === value || (name === 'synchronous_commit' && says.startsWith('remote'))) return ok(`数据库设置 ${name}`, says)
    return level === 'bad' ? bad(`数据库设置 ${name}`, says, remedy) : warn(`数据库设置 ${name}`, says, remedy)
  })
}

async function sorting(client: pg.Client): Promise<Check> {
  const { there } = await row<{ there: boolean }>(
    client,
    `select exists (select 1 from pg_collation where collname = 'zh-x-icu' and collencoding in (-1, 6)) as there`,
  )
  if (there) return ok('中文排序', '按拼音（zh-x-icu）')
  return bad('中文排序', '数据库服务器没有中文排序规则 zh-x-icu', '请使用带 ICU 支持的 PostgreSQL（官方软件包都带）。')
}

async function clocks(client: pg.Client): Promise<Check> {
  const before = Date.now()
  const { at } = await row<{ at: string }>(client, `select extract(epoch from clock_timestamp())::text as at`)
  const apart = Math.max(0, Number(at) * 1000 - Date.now(), before - Number(at) * 1000) / 1000
  if (apart < 5) return ok('数据库时钟', '与本机一致')
  return bad('数据库时钟', `与本机相差 ${Math.round(apart)} 秒`, '请让两台机器都启用自动校时（NTP）。')
}

async function appLogin(client: pg.Client): Promise<Check> {
  const name = '应用登录'
  const { exists, powerful, owns, member } = await row<{ exists: boolean; powerful: boolean; owns: number; member: boolean }>(
    client,
    `select r.oid is not null as exists,
      coalesce(r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls, false) as powerful,
      ((select count(*) from pg_class c where c.relowner = r.oid) + (select count(*) from pg_namespace n where n.nspowner = r.oid)
        + (select count(*) from pg_database d where d.datdba = r.oid))::int as owns,
      exists (select 1 from pg_auth_members m where m.member = r.oid) as member
     from (select 1) one left join pg_roles r on r.rolname = 'rongjian_app'`,
  )
  if (!exists) return bad(name, '没有登录 rongjian_app', '请启动一次服务，它会建立该登录。')
  const faults = [powerful && '有管理权限', owns > 0 && `拥有 ${owns} 个对象`, member && '属于别的角色'].filter(Boolean)
  if (faults.length === 0) return ok(name, 'rongjian_app 不拥有任何对象，没有管理权限')
  return bad(name, `rongjian_app ${faults.join('，')}`, '服务运行时不应能改表结构和历史。请收回这些权限（revoke、reassign owned）。')
}

async function appendOnly(client: pg.Client): Promise<Check> {
  const name = '只增不改的表'
  const { total, open } = await row<{ total: number; open: string[] }>(
    client,
    `select count(*)::int as total,
       coalesce(array_agg(t.name order by t.name) filter (where t.changeable), '{}') as open
     from (select c.oid::regclass::text as name, r.oid is not null and (has_table_privilege(r.oid, c.oid, 'update')
             or has_table_privilege(r.oid, c.oid, 'delete') or has_table_privilege(r.oid, c.oid, 'truncate')
             or has_any_column_privilege(r.oid, c.oid, 'update')) as changeable
           from pg_class c left join pg_roles r on r.rolname = 'rongjian_app'
           where c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') like '%append-only%') t`,
  )
  if (total === 0) return warn(name, '数据库里还没有数据表', '请启动一次服务或执行 migrate。')
  if (open.length === 0) return ok(name, `${total} 张，应用登录都不能修改或删除`)
  return bad(name, `应用登录可以修改 ${open.join('、')}`, '历史记录可能被改动。请执行 migrate 重新授权，再执行 verify 核对账本。')
}

async function connections(client: pg.Client): Promise<Check> {
  const { used, most } = await row<{ used: number; most: number }>(
    client,
    `select count(*)::int as used, current_setting('max_connections')::int as most
     from pg_stat_activity where backend_type = 'client backend'`,
  )
  const says = `${used} / ${most}`
  return used < most * 0.8 ? ok('数据库连接', says) : warn('数据库连接', says, '快要用完。请增大 max_connections，或减少其他程序的连接。')
}

async function row<T extends pg.QueryResultRow>(client: pg.Client, sql: string): Promise<T> {
  return (await client.query<T>(sql)).rows[0]!
}
