import { DuplicateError, type Reader, type Transaction } from '../store/store.js';
import { Refusal, type Context } from './handler.js';
import { reflectWrite } from './reflect.js';

/** Runs a transaction; the answer tells where its events stand, a taken id or e-mail is a conflict. */
export async function write<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    const { result, heads } = await ctx.store.transaction(async (tx) => {
      await checkRights(ctx, tx);
      return work(tx);
    });
    reflectWrite(ctx, heads);
    return result;
  } catch (error) {
    throw error instanceof DuplicateError ? conflictOf(error) : error;
  }
}

/**
 * What somebody may do was checked before the body came, which can take its time: meanwhile
 * rights may have been taken away. A user has none to lose.
 */
export async function checkRights({ viewer }: Context, reader: Reader): Promise<void> {
  if (!viewer) return;
  const { role, status } = (await reader.get('users', viewer.id)) ?? {};
  if (status === 'active' && (viewer.role === 'user' || viewer.role === role)) return;
  throw new Refusal('FORBIDDEN', 'Your rights changed while this was on its way. Try again.');
}

export function conflictOf({ field }: DuplicateError): Refusal {
  const message = `This ${field === 'email' ? 'e-mail' : 'id'} is taken.`;
  return new Refusal('CONFLICT', message, { fieldErrors: { [field]: [message] } });
}

/** Refuses a write meant for another version than the stored one, and shows the stored one. */
export function checkVersion(ctx: Context, current: { version: number }): void {
  if (ctx.ifMatch === undefined || ctx.ifMatch === current.version) return;
  throw new Refusal(
    'PRECONDITION_FAILED',
    `It has version ${current.version} by now, not ${ctx.ifMatch}.`,
    { current },
  );
}

/** What is to be written; undefined leaves a field alone. */
export type Changes<R> = { [K in keyof R]?: R[K] | undefined };

/** The row after a write, or the row itself when nothing differs. */
export function revise<R extends { version: number; updatedAt: string }>(
  row: R,
  changes: Changes<R>,
  now: number,
): R {
  const differing = Object.entries(changes).filter(
    ([key, value]) => value !== undefined && value !== row[key as keyof R],
  );
  if (differing.length === 0) return row;
  return {
    ...row,
    ...(Object.fromEntries(differing) as Partial<R>),
    version: row.version + 1,
    updatedAt: new Date(now).toISOString(),
  };
}
