import type { UserRow } from '../store/store.js';
import { csvLine } from './csv.js';
import type { Context, Handlers } from './handler.js';
import { parseSort } from './list-page.js';
import { selectPeople } from './users.js';
import { checkRights } from './write.js';

/** Rows read, and sent, at a time: all that is ever held. */
const chunk = 500;
// Excel takes a file for one in the machine's old code page without it.
const byteOrderMark = '\uFEFF';
const columns = [
  'name',
  'email',
  'role',
  'status',
  'team',
  'lastActiveAt',
  'createdAt',
  'id',
] as const;

export const userExport = {
  async export({ sort, ...filter }, ctx) {
    const order = parseSort<keyof UserRow>(sort);
    const read = (last?: UserRow) =>
      ctx.store.list('users', {
        ...selectPeople(filter),
        sort: order,
        limit: chunk,
        ...(last && { after: { value: last[order.key], id: last.id } }),
      });
    // Before the answer begins, so that a failure can still be told, and the total stands ahead.
    let page = await read();
    const day = new Date(ctx.now()).toISOString().slice(0, 10);
    ctx.setHeader('Content-Type', 'text/csv; charset=utf-8');
    ctx.setHeader('Content-Disposition', `attachment; filename="people-${day}.csv"`);
    ctx.setHeader('X-Inlay-Total', String(page.total));

    const encoder = new TextEncoder();
    return new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(encoder.encode(byteOrderMark + csvLine(columns))),
      // Called when the reader has room for more, and never again once the reader has left.
      async pull(stream) {
        // Whoever reads slowly reads for long, and may lose the right to it meanwhile.
        await checkRights(ctx, ctx.store);
        const lines = await linesOf(ctx, page.rows);
        if (lines) stream.enqueue(encoder.encode(lines));
        if (page.hasMore) page = await read(page.rows.at(-1));
        else stream.close();
      },
    });
  },
} satisfies Handlers['users'];

async function linesOf({ store }: Context, rows: readonly UserRow[]): Promise<string> {
  const teamIds = [...new Set(rows.flatMap(({ teamId }) => teamId ?? []))];
  const teams = await store.getMany('teams', teamIds);
  const names = new Map(teams.flatMap((team) => (team ? [[team.id, team.name] as const] : [])));
  return rows
    .map((row) => ({ ...row, team: names.get(row.teamId ?? '') ?? null }))
    .map((row) => csvLine(columns.map((column) => row[column])))
    .join('');
}
