import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createReferenceServer, hashPassword } from '../../mock-server/index.js';
import { failsWith, useWorld, World } from './world.js';

describe('signing in', () => {
  const world = useWorld();
  const api = () => world.apiFor(null);
  const login = () => api().auth.login({ email: 'user@inlay.test', password: 'inlay' });

  it('gives tokens for e-mail, without regard to case, and password', async () => {
    const tokens = await api().auth.login({ email: 'ADMIN@Inlay.test', password: 'inlay' });
    assert.equal(tokens.user.email, 'admin@inlay.test');
    assert.equal(Date.parse(tokens.expiresAt) - world.time, 15 * 60_000);
    const session = await world.apiFor(tokens.accessToken).auth.session();
    assert.deepEqual(session, { user: tokens.user, expiresAt: tokens.expiresAt });
  });

  it('needs a secret that cannot be guessed', () => {
    assert.throws(() => createReferenceServer({ secret: 'x'.repeat(31) }), /at least 32/);
  });

  it('does not tell a wrong password from an unknown person', async () => {
    const wrong = await world.send('POST', '/api/auth/login', {
      body: '{"email":"user@inlay.test","password":"x"}',
    });
    const unknown = await world.send('POST', '/api/auth/login', {
      body: '{"email":"x@inlay.test","password":"inlay"}',
    });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.headers.get('www-authenticate'), 'Bearer realm="inlay"');
    assert.equal(wrong.body['detail'], unknown.body['detail']);
  });

  it('takes the public password nowhere in production, only one given', async () => {
    const email = 'admin@inlay.test';
    const production = new World();
    const personaHash = await hashPassword('correct horse battery');
    for (const given of [{}, { personaHash }]) {
      await production.open({ production: true, ...given });
      const { auth } = production.apiFor(null);
      await assert.rejects(auth.login({ email, password: 'inlay' }), failsWith('UNAUTHORIZED'));
      await production.server.reset();
      await assert.rejects(auth.login({ email, password: 'inlay' }), failsWith('UNAUTHORIZED'));
      const own = auth.login({ email, password: 'correct horse battery' });
      if ('personaHash' in given) assert.equal((await own).user.email, email);
      else await assert.rejects(own, failsWith('UNAUTHORIZED'));
      await production.server.stop();
    }
  });

  it('refuses people without a password, and suspended ones', async () => {
    const { email } = await world.someone();
    await assert.rejects(api().auth.login({ email, password: 'inlay' }), failsWith('UNAUTHORIZED'));
    const { user } = world.moderator;
    await world.admin.api.users.update({ id: user.id, status: 'suspended' });
    const again = api().auth.login({ email: user.email, password: 'inlay' });
    await assert.rejects(again, failsWith('FORBIDDEN'));
    await world.admin.api.users.update({ id: user.id, status: 'active' });
  });

  it('refuses a forged, a malformed and an expired access token, saying which', async () => {
    const [head, claims] = world.user.token.split('.');
    const tokens = [`${head}.${claims}.AAAA`, 'nonsense', `${btoa('{"alg":"none"}')}.${claims}.`];
    for (const token of tokens) {
      const answer = await world.send('GET', '/api/users/me', {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(answer.status, 401, token);
      assert.match(answer.headers.get('www-authenticate')!, /invalid_token/);
    }
    const { accessToken } = await login();
    await world.apiFor(accessToken).users.me();
    world.time += 16 * 60_000;
    await assert.rejects(world.apiFor(accessToken).users.me(), failsWith('UNAUTHORIZED'));
    world.time -= 16 * 60_000;
  });

  it('rotates refresh tokens', async () => {
    const first = await login();
    const second = await api().auth.refresh({ refreshToken: first.refreshToken });
    assert.notEqual(second.refreshToken, first.refreshToken);
    const third = await api().auth.refresh({ refreshToken: second.refreshToken });
    assert.equal((await world.apiFor(third.accessToken).users.me()).email, 'user@inlay.test');
  });

  it('revokes the whole family when an old refresh token comes again', async () => {
    const first = await login();
    const second = await api().auth.refresh({ refreshToken: first.refreshToken });
    await assert.rejects(
      api().auth.refresh({ refreshToken: first.refreshToken }),
      failsWith('UNAUTHORIZED'),
    );
    await assert.rejects(
      api().auth.refresh({ refreshToken: second.refreshToken }),
      failsWith('UNAUTHORIZED'),
    );
    await assert.rejects(world.apiFor(second.accessToken).users.me(), failsWith('UNAUTHORIZED'));
  });

  it('takes no access token for a refresh token, nor the reverse', async () => {
    const { accessToken, refreshToken } = await login();
    await assert.rejects(
      api().auth.refresh({ refreshToken: accessToken }),
      failsWith('UNAUTHORIZED'),
    );
    await assert.rejects(world.apiFor(refreshToken).users.me(), failsWith('UNAUTHORIZED'));
  });

  it('ends the session at logout: neither of its tokens works on, those of others do', async () => {
    const other = await login();
    const { accessToken, refreshToken } = await login();
    await world.apiFor(accessToken).auth.logout();
    await assert.rejects(world.apiFor(accessToken).users.me(), failsWith('UNAUTHORIZED'));
    await assert.rejects(api().auth.refresh({ refreshToken }), failsWith('UNAUTHORIZED'));
    await world.apiFor(other.accessToken).users.me();
  });

  it('ends all sessions of somebody suspended or deleted', async () => {
    const { email, id } = await world.someone();
    const suspended = await world.person(email);
    await world.admin.api.users.update({ id, status: 'suspended' });
    await assert.rejects(suspended.api.users.me(), failsWith('UNAUTHORIZED'));
    await world.admin.api.users.update({ id, status: 'active' });
    await assert.rejects(suspended.api.users.me(), failsWith('UNAUTHORIZED'));
    const deleted = await world.person(email);
    await world.admin.api.users.delete({ id });
    await assert.rejects(deleted.api.users.me(), failsWith('UNAUTHORIZED'));
  });

  it('lets a changed role count at once', async () => {
    const person = await world.person((await world.someone()).email);
    await assert.rejects(person.api.users.list(), failsWith('FORBIDDEN'));
    await world.admin.api.users.update({ id: person.user.id, role: 'moderator' });
    await person.api.users.list();
  });

  it('keeps refresh tokens and passwords as hashes only, and never sends them', async () => {
    const { refreshToken } = await login();
    const { rows } = await world.server.store.list('sessions', {
      sort: { key: 'id', descending: false },
      limit: Infinity,
    });
    assert.ok(
      rows.every(({ refreshHash }) => refreshHash !== refreshToken && refreshHash.length === 44),
    );
    const list = await world.send('GET', '/api/users?limit=100', { as: world.admin });
    assert.doesNotMatch(JSON.stringify(list.body), /pbkdf2|password/i);
  });
});
