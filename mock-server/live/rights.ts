import {
  allows,
  endpoints,
  Id,
  PublicUser,
  type LiveItem,
  type User,
  type Viewer,
} from '../../src/contract/index.js';
import type { Bus } from './bus.js';

/** Whether payloads go out whole or as what anyone signed in may see of a person. */
export const forms = ['full', 'public'] as const;
export type Form = (typeof forms)[number];

/** The log of the bus a viewer's channel stands for, and the form it is shown in. */
export interface Grant {
  log: string;
  form: Form;
}

const { users, notifications, projects, teams, stats } = endpoints;

/** What a channel means for a viewer; by the same rules as the answers of the endpoints. */
export function grantFor(channel: string, viewer: Viewer): Grant | 'forbidden' | 'unknown_channel' {
  const [family, id, ...more] = channel.split(':') as [string, string?, ...string[]];
  if (more.length > 0) return 'unknown_channel';
  const granted = (allowed: boolean, log = channel, form: Form = 'full') =>
    allowed ? { log, form } : 'forbidden';
  if (id === undefined) {
    if (family === 'users') return granted(allows(users.list.access, viewer));
    if (family === 'projects') return granted(allows(projects.list.access, viewer));
    if (family === 'stats') return granted(allows(stats.overview.access, viewer));
    if (family === 'notifications') {
      return granted(allows(notifications.list.access, viewer), `notifications:${viewer.id}`);
    }
  } else if (Id.safeParse(id).success) {
    if (family === 'team') return granted(allows(teams.get.access, viewer));
    if (family === 'user') {
      const whole = id === viewer.id || allows(users.list.access, viewer);
      return granted(allows(users.get.access, viewer), channel, whole ? 'full' : 'public');
    }
  }
  return 'unknown_channel';
}

const publicKeys = Object.keys(PublicUser.shape);

/** The item in the form granted. Deletions hold nothing private. */
export function project(item: LiveItem, form: Form): LiveItem {
  if (form === 'full' || !/^USER_(CREATED|UPDATED)$/.test(item.type)) return item;
  const entries = Object.entries(item.payload as Record<string, unknown>);
  return {
    ...item,
    payload: Object.fromEntries(entries.filter(([key]) => publicKeys.includes(key))),
  };
}

/** Whether the log knows that a viewer has other rights by now, or none. */
export function isOutdated({ id, role }: Viewer, bus: Bus): boolean {
  const log = `user:${id}`;
  const newest = bus.read(log, bus.head(log).offset - 1)?.at(-1);
  if (!newest) return false;
  const user = newest.payload as Partial<User>;
  return newest.type === 'USER_DELETED' || user.status !== 'active' || user.role !== role;
}
