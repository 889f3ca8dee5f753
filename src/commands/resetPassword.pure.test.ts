import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { client, done, firstPeople } from '#testing/client.ts'
import { command, service } from '#testing/command.ts'

const FRESH = '换一个足够长的新口令吧-不重复'

test('the machine gives a code for an office while the service runs, and the new password opens it', { timeout: 180_000 }, async () => {
  const home = await mkdtemp(join(tmpdir(), 'rj-reset-'))
  const running = await service(join(home, 'data'))
  try {
    const { system } = await firstPeople(running)
    const ran = await command(['reset-password', 'A1001', '--data', join(home, 'data'), '--json'])
    expect(ran.code, ran.err).toBe(0)
    const { name, code } = JSON.parse(ran.out)
    expect(name).toBe('王某某')
    const fresh = client(running.address)
    await done(fresh, 'identity.activate', { login: 'A1001', code, password: FRESH })
    expect((await fresh.get('identity.session', {})).status).toBe(200)
    expect((await system.get('identity.session', {})).status, 'the old session is over').toBe(401)
    const none = await command(['reset-password', 'A9999', '--data', join(home, 'data')])
    expect([none.code, none.out]).toEqual([1, ''])
    expect(none.err).toContain('没有找到账号 A9999')
  } finally {
    await running.stop()
    await rm(home, { recursive: true, force: true })
  }
})
