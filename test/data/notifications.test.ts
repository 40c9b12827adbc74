import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueryClient } from '@tanstack/query-core';
import type { Api, Notification } from '../../src/contract/index.js';
import { setStand } from '../../src/data/stand.js';
import {
  fold,
  mutate,
  notificationKeys,
  overlay,
  pendingChanges,
  preferencesOptions,
  setPreferencesOptions,
  Sync,
  updateNotificationOptions,
  type Change,
} from '../../src/data/index.js';

const later = '2030-01-01T09:00:00.000Z';
const make = (n: number, fields: Partial<Notification> = {}): Notification => ({
  id: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  version: 1,
  createdAt: new Date(n * 1000).toISOString(),
  updatedAt: new Date(0).toISOString(),
  userId: '20000000-0000-4000-8000-000000000000',
  type: 'info',
  title: 't',
  message: 'm',
  href: null,
  actor: null,
  readAt: null,
  archivedAt: null,
  snoozedUntil: null,
  ...fields,
});
const pagesOf = (data: Notification[], hasMore = false) => ({
  pages: [{ data, meta: { limit: 20, total: data.length, hasMore, nextCursor: null } }],
  pageParams: [null],
});
const shown = (pages: { pages: { data: Notification[]; meta: { total: number } }[] }) => [
  pages.pages[0]!.data.map(({ id }) => Number(id.slice(-4))),
  pages.pages[0]!.meta.total,
];
const patch = (was: Notification, fields: Partial<Notification>): Change => ({
  type: 'PATCHED',
  payload: { id: was.id, ...fields },
  was,
});

describe('a notification that moves between filters', () => {
  const [one, two, three] = [make(1), make(2), make(3)];
  const all = notificationKeys.infinite({ filter: 'all' });
  const snoozed = notificationKeys.infinite({ filter: 'snoozed' });
  const archived = notificationKeys.infinite({ filter: 'archived' });

  it('leaves all for the snoozed ones, and counts follow', () => {
    const change = patch(two, { snoozedUntil: later });
    assert.deepEqual(shown(fold(pagesOf([three, two, one]), [change], all)), [[3, 1], 2]);
    assert.deepEqual(shown(fold(pagesOf([]), [change], snoozed)), [[2], 1]);
    const counts = { total: 3, unread: 3, snoozed: 0, archived: 0 };
    assert.deepEqual(fold(counts, [change], notificationKeys.counts), {
      total: 2,
      unread: 2,
      snoozed: 1,
      archived: 0,
    });
  });

  it('comes back to its place before the server has said so', () => {
    const was = { ...two, archivedAt: later };
    const back = patch(was, { archivedAt: null });
    assert.deepEqual(shown(fold(pagesOf([three, one]), [back], all)), [[3, 2, 1], 3]);
    assert.deepEqual(shown(fold(pagesOf([was]), [back], archived)), [[], 0]);
    const beyond = patch({ ...make(0), archivedAt: later }, { archivedAt: null });
    assert.deepEqual(shown(fold(pagesOf([three, one], true), [beyond], all)), [[3, 1], 3]);
  });

  it('is counted once when the stream is faster than the answer', () => {
    const counts = { total: 3, unread: 3, snoozed: 0, archived: 0 };
    setStand(counts, { channel: 'notifications', epoch: 'e', offset: 1 });
    const pending = patch(two, { archivedAt: later });
    const at = (offset: number) => ({ channel: 'notifications', epoch: 'e', offset });
    const counted = { total: 2, unread: 2, snoozed: 0, archived: 1 };
    const told: Change[] = [
      {
        type: 'NOTIFICATION_UPDATED',
        payload: { ...two, version: 2, archivedAt: later },
        at: at(2),
      },
      { type: 'NOTIFICATION_COUNTED', payload: counted, at: at(3) },
    ];
    assert.deepEqual(fold(counts, [pending], notificationKeys.counts), counted);
    const next = fold(counts, told, notificationKeys.counts);
    assert.deepEqual(next, counted);
    assert.deepEqual(fold(next, [pending], notificationKeys.counts), counted);
  });

  it('is archived rather than snoozed when it is both', () => {
    const both = { ...two, snoozedUntil: later };
    const change = patch(both, { archivedAt: later });
    assert.deepEqual(shown(fold(pagesOf([both]), [change], snoozed)), [[], 0]);
    assert.deepEqual(shown(fold(pagesOf([]), [change], archived)), [[2], 1]);
  });

  it('comes back where it belongs as soon as the server tells that it is due', () => {
    const woken: Change = {
      type: 'NOTIFICATION_UPDATED',
      payload: { ...two, version: 2 },
      at: { channel: 'notifications', epoch: 'e', offset: 2 },
    };
    const pages = pagesOf([three, one], true);
    const cursor = { cursor: 'notifications@e:1' };
    Object.assign(pages.pages[0]!.meta, cursor);
    assert.deepEqual(shown(fold(pages, [woken], all))[0], [3, 2, 1]);
  });

  it('leaves what is snoozed alone when all are read or archived', () => {
    const asleep = { ...make(4), snoozedUntil: later };
    const read: Change = { type: 'ALL_READ', payload: { readAt: later } };
    const next = fold(pagesOf([asleep]), [read], snoozed);
    assert.equal(next.pages[0]!.data[0]!.readAt, null);
  });
});

describe('what may be undone', () => {
  const answer = make(2, { archivedAt: later });
  const api = {} as Api;

  it('is told with its title, and that it was read is not told', () => {
    const { success } = updateNotificationOptions(api).meta;
    assert.equal(success(answer, { id: answer.id, read: true }), undefined);
    assert.deepEqual(success(answer, { id: answer.id, archived: true }), {
      message: 'done.archived',
      values: { title: 't' },
    });
    const snoozed = success(answer, { id: answer.id, snoozedUntil: later });
    assert.equal(snoozed?.message, 'done.snoozed');
  });

  it('is taken back by its opposite, and nothing besides', async () => {
    const sent: object[] = [];
    const update = (input: object) => {
      sent.push(input);
      return Promise.resolve({ ...answer, version: 2 });
    };
    const client = new QueryClient();
    new Sync(client);
    const options = updateNotificationOptions({ notifications: { update } } as unknown as Api);
    const { id } = answer;
    await options.meta.undo({ id, archived: true }, answer)(client);
    await options.meta.undo({ id, snoozedUntil: later }, answer)(client);
    assert.deepEqual(sent, [
      { id, archived: false },
      { id, snoozedUntil: null },
    ]);
  });
});

describe('preferences', () => {
  const on = { inApp: true, email: true };
  const before = { info: on, success: on, warning: on, error: on };
  const wanted = { ...before, info: { ...on, email: false } };

  it('show as set at once, and as they were when refused', async () => {
    const client = new QueryClient();
    new Sync(client);
    let refuse = (_: Error) => {};
    const setPreferences = () => new Promise((_, reject) => (refuse = reject));
    const api = { notifications: { setPreferences } } as unknown as Api;
    const { queryKey } = preferencesOptions(api);
    client.setQueryData(queryKey, before);
    const drawn = () => overlay(before, queryKey, pendingChanges(client.getMutationCache()));
    const done = mutate(client, setPreferencesOptions(api), wanted);
    await Promise.resolve();
    assert.deepEqual(drawn(), wanted);
    refuse(new Error('no'));
    await assert.rejects(done);
    assert.deepEqual(drawn(), before);
    assert.deepEqual(client.getQueryData(queryKey), before);
  });

  it('are as the server answered', async () => {
    const client = new QueryClient();
    new Sync(client);
    const setPreferences = () => Promise.resolve(wanted);
    const api = { notifications: { setPreferences } } as unknown as Api;
    client.setQueryData(preferencesOptions(api).queryKey, before);
    await mutate(client, setPreferencesOptions(api), wanted);
    assert.deepEqual(client.getQueryData(preferencesOptions(api).queryKey), wanted);
  });
});
