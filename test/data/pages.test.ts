import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { notifyManager, QueryClient, QueryObserver } from '@tanstack/query-core';
import type { UserPage } from '../../src/contract/index.js';
import {
  deleteUserOptions,
  mutate,
  restoreUserOptions,
  Sync,
  syncOf,
  teamKeys,
  teamOptions,
  updateUserOptions,
  userKeys,
  userListOptions,
  type UserListParams,
} from '../../src/data/index.js';
import { makeUser, ModelServer } from './model-server.js';

notifyManager.setScheduler(queueMicrotask);
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
const tick = () => new Promise(setImmediate);

/** Ten people on pages of three, of which some are watched. */
async function setUp(params: Omit<UserListParams, 'page'> = {}, watched = [1, 2]) {
  const server = new ModelServer(10);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const later: (() => void)[] = [];
  const sync = new Sync(client, {
    schedule: (work) => (work(), () => undefined),
    later: (work) => (later.push(work), () => undefined),
  });
  const of = (page: number) => ({ limit: 3, page, ...params });
  for (const page of [1, 2, 3, 4]) {
    await client.fetchQuery(userListOptions(server.api, of(page)));
  }
  for (const page of watched) {
    const observer = new QueryObserver(client, userListOptions(server.api, of(page)));
    ends.push(observer.subscribe(() => undefined));
  }
  ends.push(() => {
    sync.forget();
    client.clear();
  });
  const page = (number: number) => client.getQueryData<UserPage>(userKeys.list(of(number)))!;
  const names = (number: number) => page(number).data.map(({ name }) => name.slice(5));
  const totals = () => [1, 2, 3, 4].map((number) => page(number).meta.total);
  const tell = (from: number) => {
    const to = server.log.length;
    sync.push('users', server.log.slice(from), { epoch: server.epoch, from, to });
  };
  const askAgain = async () => {
    server.reads = 0;
    for (const work of later.splice(0)) work();
    await tick();
    return server.reads;
  };
  return { server, client, names, totals, tell, askAgain, page };
}

describe('pages by number', () => {
  it('take newcomers on top at once, pass on who is pushed off, and all say the new total', async () => {
    const { server, names, totals, tell, askAgain } = await setUp();
    server.create();
    tell(0);
    assert.deepEqual([names(1), names(2)], [['10', '9', '8'], ['7', '6', '5']]); // prettier-ignore
    assert.deepEqual(totals(), [11, 11, 11, 11]);
    assert.equal(await askAgain(), 1, 'only what is watched and below');
  });

  it('show a hole where somebody left until the server has told', async () => {
    const { server, names, totals, tell, askAgain } = await setUp();
    server.delete(makeUser(8).id);
    tell(0);
    assert.deepEqual([names(1), names(2)], [['9', '7'], ['6', '5', '4']]); // prettier-ignore
    assert.deepEqual(totals(), [9, 9, 9, 9]);
    assert.equal(await askAgain(), 2);
    assert.deepEqual([names(1), names(2)], [['9', '7', '6'], ['5', '4', '3']]); // prettier-ignore
  });

  it('agree on the total of a filtered list, whichever page somebody left', async () => {
    const { server, totals, tell } = await setUp({ role: 'user' });
    server.update(makeUser(1).id, { role: 'admin' });
    tell(0);
    assert.deepEqual(totals(), [9, 9, 9, 9]);
  });

  it('learn the total from whichever page is read anew', async () => {
    const { server, client, totals } = await setUp({ role: 'user' });
    server.create();
    await client.refetchQueries({ queryKey: userKeys.list({ limit: 3, page: 2, role: 'user' }) });
    assert.deepEqual(totals(), [11, 11, 11, 11]);
  });

  it('are asked again once for 500 changes, and only those watched', async () => {
    const { server, tell, askAgain } = await setUp({ sort: 'name' });
    for (let n = 0; n < 500; n++) server.update(makeUser(n % 10).id, { name: `Name ${n}` });
    tell(0);
    assert.equal(await askAgain(), 2);
    assert.equal(await askAgain(), 0);
  });

  it('are asked again where one has had who came in above, and they have not', async () => {
    const { server, client, tell, askAgain } = await setUp({ role: 'admin' });
    server.update(makeUser(9).id, { role: 'admin' });
    await client.refetchQueries({ queryKey: userKeys.list({ limit: 3, page: 1, role: 'admin' }) });
    tell(0);
    assert.equal(await askAgain(), 1);
  });

  it('are asked again where the total counts who has left, as another page says', async () => {
    const { server, client, page, tell, askAgain } = await setUp({ role: 'admin' }, [1]);
    const { id } = makeUser(9);
    const of = (number: number) => ({ limit: 3, page: number, role: 'admin' as const });
    server.update(id, { role: 'admin' });
    await client.refetchQueries({ queryKey: userKeys.list(of(1)) });
    const late = server.list(of(3));
    for (const number of [2, 3, 4]) client.removeQueries({ queryKey: userKeys.list(of(number)) });
    await mutate(client, updateUserOptions(server.api), { id, role: 'user' });
    client.setQueryData(userKeys.list(of(3)), late);
    tell(0);
    await askAgain();
    assert.equal(page(1).meta.total, 0);
  });

  it('do not take in who was created here and has left by then, as one of them knows', async () => {
    const { server, client, names } = await setUp();
    const user = server.create();
    server.delete(user.id);
    await client.refetchQueries({ queryKey: userKeys.list({ limit: 3, page: 1 }) });
    const at = { channel: 'users', epoch: server.epoch, offset: 1 };
    syncOf(client).settle({ type: 'USER_CREATED', payload: user }, [at]);
    assert.deepEqual(names(1), ['9', '8', '7']);
  });

  it('are asked again for who was restored here before their coming and going was told', async () => {
    const { server, client, names, tell, askAgain } = await setUp({ role: 'admin' });
    const { id } = server.create({ role: 'admin' });
    server.delete(id);
    await mutate(client, restoreUserOptions(server.api), { id });
    tell(0);
    await askAgain();
    assert.deepEqual(names(1), ['10']);
  });

  it('change who stands on two of them on both, also where one is older', async () => {
    const { server, client, page, tell } = await setUp();
    const last = makeUser(0);
    server.delete(makeUser(9).id);
    const late = server.list({ limit: 3, page: 3 });
    client.removeQueries({ queryKey: userKeys.list({ limit: 3, page: 3 }) });
    await mutate(client, updateUserOptions(server.api), { id: last.id, name: 'New' });
    client.setQueryData(userKeys.list({ limit: 3, page: 3 }), late);
    tell(0);
    assert.equal(page(3).data.at(-1)!.name, 'New');
  });

  it('get back at once, in place, who is restored; teams and projects are asked', async () => {
    const { server, client, names, totals, askAgain } = await setUp();
    const { id } = makeUser(5);
    const team = { id: 't', version: 1, members: [] };
    const get = () => ((server.reads += 1), Promise.resolve(team));
    const observer = new QueryObserver<unknown>(
      client,
      teamOptions({ ...server.api, teams: { get } } as never, 't'),
    );
    // Before its cache is cleared, which would else wait for it.
    ends.unshift(observer.subscribe(() => undefined));
    await mutate(client, deleteUserOptions(server.api), { id });
    assert.deepEqual(names(2), ['6', '4']);
    await askAgain();
    await mutate(client, restoreUserOptions(server.api), { id });
    assert.deepEqual(names(2), ['6', '5', '4']);
    assert.deepEqual(totals(), [10, 10, 10, 10]);
    assert.equal(client.getQueryState(teamKeys.detail('t'))!.isInvalidated, true);
  });
});
