import type { Selection } from './match.js';
import type { Row } from './order.js';
import type { Change, View } from './view.js';

/** Views kept per table, and rows in them: the one longest unused goes first. */
const most = { views: 200, rows: 16_000_000 };
/** A view that nobody read for so many writes is made anew rather than caught up. */
const mostPending = 20_000;

/** The views of a table that were asked for, each told of every write. */
export class Views<R extends Row> {
  readonly #views = new Map<string, View<R>>();

  get({ where, search, sort }: Selection<R>, make: () => View<R>): View<R> {
    const key = JSON.stringify([where, search, sort]);
    const known = this.#views.get(key);
    const view = known ?? make();
    this.#views.delete(key);
    this.#views.set(key, view);
    if (!known) this.#forget();
    return view;
  }

  note(change: Change<R>): void {
    for (const [key, view] of this.#views)
      if (view.note(change) > mostPending) this.#views.delete(key);
  }

  #forget(): void {
    let rows = 0;
    for (const view of this.#views.values()) rows += view.weight;
    for (const [key, view] of this.#views) {
      if (this.#views.size === 1 || (rows <= most.rows && this.#views.size <= most.views)) return;
      this.#views.delete(key);
      rows -= view.weight;
    }
  }
}
