import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../testing/app.ts'
import { bindToHost } from './host.ts'

test('another host is refused while security keys exist, unless that is meant', async () => {
  await using app = await testApp()
  const moved = (settings: object) => ({ ...app.app, config: { ...app.app.config, site_url: 'https://new.example', ...settings } })
  assert.equal(await bindToHost(app.app), undefined)
  assert.equal(await bindToHost(moved({})), undefined)
  assert.equal(await bindToHost(app.app), undefined)
  const { user_id } = await app.person('mona')
  const key = {
    credential_id: 'x',
    user_id,
    label: 'x',
    public_key: 'x',
    sign_count: 0,
    device_type: 'singleDevice' as const,
    transports: '[]',
    created_at: 1,
  }
  await app.db.insertInto('security_keys').values(key).execute()
  assert.match((await bindToHost(moved({}))) ?? '', /^SITE_URL has the host new\.example, but 1 security key belongs to index\.example/)
  await app.db
    .insertInto('security_keys')
    .values({ ...key, credential_id: 'y', label: 'y' })
    .execute()
  assert.match((await bindToHost(moved({}))) ?? '', /but 2 security keys belong to index\.example and would stop working/)
  assert.equal(await bindToHost(app.app), undefined)
  assert.equal(await bindToHost(moved({ allow_host_change: true })), undefined)
  assert.match((await bindToHost(app.app)) ?? '', /belong to new\.example/)
})
