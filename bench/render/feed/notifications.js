const types = ['info', 'success', 'warning', 'error'];
const words =
  'the build of Mobile app Kyoto was deployed to all regions and is live now for everybody'.split(
    ' ',
  );
const newest = Date.UTC(2026, 0, 1, 12);
const step = 7 * 60_000;

/** The notification of a number, newest first: numbers below 0 are newer than all others. Messages take one to four lines. */
export function makeNotification(n) {
  const mixed = (((n % 9_973) + 9_973) * 7_919) % 9_973;
  const at = new Date(newest - n * step).toISOString();
  const message = Array.from(
    { length: 6 + (mixed % 50) },
    (_, at) => words[(mixed + at) % words.length],
  );
  return {
    id: `00000000-0000-4000-8000-${String(n + 1_000_000).padStart(12, '0')}`,
    version: 1,
    createdAt: at,
    updatedAt: at,
    userId: '00000000-0000-4000-8000-000000000001',
    type: types[mixed % 4],
    title: `Notification ${n}`,
    message: message.join(' '),
    href: mixed % 2 ? '/somewhere' : null,
    actor: null,
    readAt: mixed % 3 ? at : null,
    archivedAt: null,
    snoozedUntil: null,
  };
}

export const makeNotifications = (count) =>
  Array.from({ length: count }, (_, n) => makeNotification(n));
