import type { Row } from './order.js';

/** Rows that belong to somebody, by whom: one person's are few among very many. */
export class Groups<R extends Row> {
  readonly #groups = new Map<string, Map<string, R>>();

  write(before: R | undefined, after: R | undefined): void {
    const left = before && ownerOf(before);
    if (left !== undefined) {
      const group = this.#groups.get(left)!;
      group.delete(before!.id);
      if (group.size === 0) this.#groups.delete(left);
    }
    const come = after && ownerOf(after);
    if (come === undefined) return;
    const group = this.#groups.get(come);
    if (group) group.set(after!.id, after!);
    else this.#groups.set(come, new Map([[after!.id, after!]]));
  }

  /** The rows of the one person that a condition is about; undefined when it is about no one person. */
  of(where: object | undefined): Iterable<R> | undefined {
    const owner = where && ownerOf(where);
    return owner === undefined ? undefined : (this.#groups.get(owner)?.values() ?? []);
  }
}

function ownerOf(row: object): string | undefined {
  const { userId } = row as { userId?: unknown };
  return typeof userId === 'string' ? userId : undefined;
}
