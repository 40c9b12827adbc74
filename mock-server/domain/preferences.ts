import type { NotificationPreferences } from '../../src/contract/index.js';
import type { Reader } from '../store/store.js';
import type { Handlers } from './handler.js';
import { write } from './write.js';

/** Of who has not said anything: all in the page, and by e-mail what calls for action. */
const unsaid: NotificationPreferences = {
  info: { inApp: true, email: false },
  success: { inApp: true, email: false },
  warning: { inApp: true, email: true },
  error: { inApp: true, email: true },
};

export async function preferencesOf(
  reader: Reader,
  userId: string,
): Promise<NotificationPreferences> {
  return (await reader.get('preferences', userId))?.notifications ?? unsaid;
}

export const preferenceHandlers: Pick<
  NonNullable<Handlers['notifications']>,
  'preferences' | 'setPreferences'
> = {
  preferences: (_input, ctx) => preferencesOf(ctx.store, ctx.viewer!.id),

  setPreferences: ({ preferences }, ctx) =>
    write(ctx, async (tx) => {
      const { id } = ctx.viewer!;
      const before = await tx.get('preferences', id);
      const row = { id, version: (before?.version ?? 0) + 1, notifications: preferences };
      await (before ? tx.update('preferences', row) : tx.insert('preferences', row));
      return preferences;
    }),
};
