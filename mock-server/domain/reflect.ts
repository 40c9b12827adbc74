import { formatCursor, type Position } from '../../src/contract/index.js';
import type { Context } from './handler.js';

/** On the wire a person's own channel goes without the person's id. */
function wireChannel(channel: string): string {
  return channel.startsWith('notifications:') ? 'notifications' : channel;
}

/** Says which position of `channel` the answer reflects at least. Call before reading the rows. */
export function reflect(ctx: Context, channel: string): string {
  const cursor = formatCursor(wireChannel(channel), ctx.head(channel));
  ctx.setHeader('X-Inlay-Cursor', cursor);
  return cursor;
}

/** More would be a longer header than some clients and proxies take. */
const mostCursors = 50;

/**
 * Says at which positions a write's events stand, e.g. `users@k3f9:42,user:ID@k3f9:7`. Where
 * there are very many, only the channels that are about all people and projects.
 */
export function reflectWrite(ctx: Context, heads: ReadonlyMap<string, Position>): void {
  const all = [...heads];
  const told = all.length > mostCursors ? all.filter(([channel]) => !channel.includes(':')) : all;
  const cursors = told.map(([channel, head]) => formatCursor(wireChannel(channel), head));
  if (cursors.length > 0) ctx.setHeader('X-Inlay-Cursor', cursors.join(','));
}
