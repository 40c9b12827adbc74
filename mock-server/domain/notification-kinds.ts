import type { NotificationType } from '../../src/contract/index.js';
import type { NotificationRow } from '../store/store.js';
import { pick } from './random.js';

interface NotificationKind {
  type: NotificationType;
  title: string;
  message: string;
  href: string | null;
  /** Somebody did it, rather than the system. */
  byPerson: boolean;
}

const kinds: NotificationKind[] = [
  {
    type: 'info',
    title: 'New comment',
    message: 'left a comment on “Website relaunch Nordics”.',
    href: '/projects',
    byPerson: true,
  },
  {
    type: 'info',
    title: 'You were mentioned',
    message: 'mentioned you in the weekly notes.',
    href: '/notes',
    byPerson: true,
  },
  {
    type: 'info',
    title: 'Role changed',
    message: 'changed your role in “Billing Lisbon”.',
    href: '/projects',
    byPerson: true,
  },
  {
    type: 'info',
    title: 'Maintenance tonight',
    message: 'The service is read-only from 22:00 to 22:30 UTC.',
    href: null,
    byPerson: false,
  },
  {
    type: 'success',
    title: 'Invitation accepted',
    message: 'joined your team.',
    href: '/team',
    byPerson: true,
  },
  {
    type: 'success',
    title: 'Deployment finished',
    message: 'Version 2.14 is live in all regions.',
    href: 'https://example.com/releases',
    byPerson: false,
  },
  {
    type: 'success',
    title: 'Export ready',
    message: 'Your export of 250 people can be downloaded.',
    href: '/exports',
    byPerson: false,
  },
  {
    type: 'warning',
    title: 'Storage almost full',
    message: '92 % of the storage is in use.',
    href: '/settings/storage',
    byPerson: false,
  },
  {
    type: 'warning',
    title: 'Sign-in from a new device',
    message: 'Firefox on Linux, Porto, Portugal.',
    href: '/settings/security',
    byPerson: false,
  },
  {
    type: 'error',
    title: 'Payment failed',
    message: 'The card ending in 4242 was declined.',
    href: '/settings/billing',
    byPerson: false,
  },
  {
    type: 'error',
    title: 'Build failed',
    message: 'broke the build of “Mobile app Kyoto”.',
    href: '/builds',
    byPerson: true,
  },
];

/** A new notification of one of the usual kinds; `type` and `title` may be fixed. */
export function makeNotification(
  random: () => number,
  given: {
    id: string;
    userId: string;
    actorId: string;
    now: number;
    type?: NotificationType;
    title?: string;
  },
): NotificationRow {
  const possible = given.type ? kinds.filter(({ type }) => type === given.type) : kinds;
  const kind = pick(random, possible);
  const createdAt = new Date(given.now).toISOString();
  return {
    id: given.id,
    version: 1,
    createdAt,
    updatedAt: createdAt,
    userId: given.userId,
    type: kind.type,
    title: given.title ?? kind.title,
    message: kind.message,
    href: kind.href,
    actorId: kind.byPerson ? given.actorId : null,
    readAt: null,
    archivedAt: null,
    snoozedUntil: null,
  };
}
