import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useWorld, type Person } from './world.js';

describe('a ticket', () => {
  const lines: string[] = [];
  const note = (fields: object, message: string) => lines.push(JSON.stringify([fields, message]));
  const world = useWorld({ logger: { info: note, error: note } });
  const ask = async (as: Person) => (await as.api.live.ticket()).ticket;
  const stream = async (ticket: string, path = '/live/sse?ch=users&') =>
    world.send('GET', `/api${path}wait=0&ticket=${ticket}`);

  it('opens one stream, without a header', async () => {
    const ticket = await ask(world.admin);
    const first = await stream(ticket);
    assert.equal(first.status, 200);
    assert.equal(first.headers.get('content-type'), 'text/event-stream');
    const second = await stream(ticket);
    assert.equal(second.status, 401);
    assert.match(second.headers.get('www-authenticate')!, /invalid_token/);
    assert.match(String(second.body['detail']), /unknown, used or older.*POST \/live\/ticket/);
    assert.equal((await stream(await ask(world.user), '/notifications/stream?')).status, 200);
  });

  it('opens what its person may see and nothing else', async () => {
    const url = `${world.url}/api/live/sse?ch=users&wait=0&ticket=${await ask(world.user)}`;
    assert.match(await (await fetch(url)).text(), /"code":"forbidden"/);
    for (const path of ['/users/me?', '/notifications?']) {
      assert.equal((await stream(await ask(world.admin), path)).status, 401, path);
    }
  });

  it('is good for 30 seconds', async () => {
    const [quick, late] = [await ask(world.admin), await ask(world.admin)];
    world.time += 29_999;
    assert.equal((await stream(quick)).status, 200);
    world.time += 1;
    assert.equal((await stream(late)).status, 401);
  });

  it('ends with the session, the rights and the access token that it was asked with', async () => {
    const leaving = await world.person('moderator@inlay.test');
    const ofLeaving = await ask(leaving);
    await leaving.api.auth.logout();
    assert.equal((await stream(ofLeaving)).status, 401);

    const someone = await world.someone();
    const suspended = await world.person(someone.email);
    const ofSuspended = await ask(suspended);
    await world.admin.api.users.update({ id: someone.id, status: 'suspended' });
    assert.equal((await stream(ofSuspended)).status, 401);

    const lapsing = await world.person('moderator@inlay.test');
    world.time += 15 * 60_000 - 10_000;
    const ofLapsing = await ask(lapsing);
    world.time += 10_000;
    assert.equal((await stream(ofLapsing)).status, 401);
    world.admin = await world.person('admin@inlay.test');
  });

  it('ends with all access tokens, when these are ended on purpose', async () => {
    const ticket = await ask(world.admin);
    await world.apiFor(null).control.expireTokens();
    assert.equal((await stream(ticket)).status, 401);
    world.admin = await world.person('admin@inlay.test');
    world.user = await world.person('user@inlay.test');
    assert.equal((await stream(await ask(world.admin))).status, 200);
  });

  it('is refused when it is made up, and nobody gets one without signing in', async () => {
    for (const ticket of ['x', '0'.repeat(40), '%00', 'a'.repeat(5000)]) {
      assert.equal((await stream(ticket)).status, 401, ticket);
    }
    assert.equal((await stream('')).status, 401);
    assert.equal((await world.send('POST', '/api/live/ticket')).status, 401);
  });

  it('is never logged', async () => {
    const ticket = await ask(world.admin);
    await stream(ticket);
    await stream(ticket);
    await stream(await ask(world.admin), '/live/sse?cursor=crooked&');
    await world.send('GET', `/api/live/nothing?ticket=${ticket}`);
    await world.send('DELETE', `/api/live/sse?ticket=${ticket}`);
    assert.ok(lines.length > 0, 'something was logged');
    assert.deepEqual(
      lines.filter((line) => line.includes(ticket)),
      [],
    );
  });
});
