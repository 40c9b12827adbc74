import { html, nothing, type TemplateResult } from 'lit';
import { requireWhole } from './attributes.js';
import { EndWatch } from './end-watch.js';
import { notice } from './parts.js';
import { QueryElement } from './query-element.js';
import type { ListQuery } from './query.js';
import { drawRows } from './rows.js';

/** An element that shows a list, which grows page by page as its end comes near. */
export abstract class ListElement<T extends { id: string }> extends QueryElement {
  static override properties: Record<string, object> = {
    pageSize: { type: Number, attribute: 'page-size' },
  };

  /** Items asked for at a time, 1–100. */
  pageSize = 20;

  protected abstract override readonly shown: ListQuery<T>;
  /** One item; drawn into `<div class="rows">` of the content. */
  protected abstract row(item: T, before: T | undefined): unknown;
  /** A row of bones, for what is on its way. */
  protected abstract bones(): unknown;

  constructor() {
    super();
    new EndWatch(this, () => {
      // A page that failed waits for the reader's own retry.
      if (!this.shown.result?.isFetchNextPageError) void this.loadMore();
    });
  }

  protected override checkAttributes(): void {
    requireWhole('page-size', this.pageSize, 1, 100);
  }

  protected override get total(): number {
    return this.shown.data?.pages.at(-1)?.meta.total ?? 0;
  }

  private async loadMore(): Promise<void> {
    const { result } = this.shown;
    if (result?.hasNextPage && !result.isFetching) await result.fetchNextPage();
  }

  protected override updated(): void {
    const rows = this.renderRoot.querySelector('.rows');
    const pages = this.shown.data?.pages ?? [];
    // A page's own items may be very many: one page of them is no copy.
    if (rows)
      this.draw(rows, pages[0] && !pages[1] ? pages[0].data : pages.flatMap(({ data }) => data));
    super.updated();
  }

  /** Draws the rows into their container. */
  protected draw(rows: Element, items: readonly T[]): void {
    drawRows(rows, items, (item, index) => this.row(item, items[index - 1]));
  }

  protected override skeleton(): unknown {
    return Array.from({ length: 9 }, () => this.bones());
  }

  /** What stands at the end of the rows, and makes more of them come. */
  protected end(): TemplateResult {
    const { result } = this.shown;
    return html`<div id="end" class="end">
      ${
        result?.isFetchNextPageError
          ? notice(this.t('state.moreFailed'), this.t('action.retry'), () => void this.loadMore())
          : result?.hasNextPage
            ? this.bones()
            : nothing
      }
    </div>`;
  }
}
