import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grantFor, project } from '../../mock-server/live/rights.js';
import type { Role } from '../../src/contract/index.js';

const own = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';

/** What each role gets of each channel: the log and form, or the refusal. */
const table: [channel: string, user: string, moderator: string, admin: string][] = [
  ['users', 'forbidden', 'users full', 'users full'],
  ['stats', 'forbidden', 'stats full', 'stats full'],
  ['projects', 'projects full', 'projects full', 'projects full'],
  [`team:${other}`, `team:${other} full`, `team:${other} full`, `team:${other} full`],
  [`user:${own}`, `user:${own} full`, `user:${own} full`, `user:${own} full`],
  [`user:${other}`, `user:${other} public`, `user:${other} full`, `user:${other} full`],
  ['notifications', ...three(`notifications:${own} full`)],
  [`notifications:${own}`, ...three('unknown_channel')],
  [`notifications:${other}`, ...three('unknown_channel')],
  ['user', ...three('unknown_channel')],
  ['user:', ...three('unknown_channel')],
  ['user:42', ...three('unknown_channel')],
  [`user:${own}:42`, ...three('unknown_channel')],
  [`team:${other}:\ndata: {}\n\n`, ...three('unknown_channel')],
  ['users:42', ...three('unknown_channel')],
  ['constructor', ...three('unknown_channel')],
  ['', ...three('unknown_channel')],
];

function three(text: string): [string, string, string] {
  return [text, text, text];
}

describe('rights on channels', () => {
  for (const [channel, ...expected] of table) {
    it(`of "${channel}" are ${[...new Set(expected)].join(' / ')}`, () => {
      const roles: Role[] = ['user', 'moderator', 'admin'];
      const actual = roles.map((role) => {
        const grant = grantFor(channel, { id: own, role });
        return typeof grant === 'string' ? grant : `${grant.log} ${grant.form}`;
      });
      assert.deepEqual(actual, expected);
    });
  }

  it('show of another person what the public form holds, and nothing else', () => {
    const payload = { id: other, version: 3, name: 'A', image: null, createdAt: 'x' };
    const whole = { ...payload, email: 'a@b', role: 'admin', status: 'active', teamId: own };
    const item = { offset: 1, type: 'USER_UPDATED', id: other, timestamp: '', payload: whole };
    assert.deepEqual(project(item, 'public').payload, payload);
    assert.equal(project(item, 'full'), item);
    const deletion = { ...item, type: 'USER_DELETED', payload: { id: other, version: 4 } };
    assert.equal(project(deletion, 'public'), deletion);
  });
});
