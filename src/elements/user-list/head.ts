import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { UserSort } from '../../contract/index.js';
import { translate } from '../../kit/i18n.js';
import { actsColumn, checkColumn, headingOf, type Column } from './columns.js';
import type { Selection } from './selection.js';

interface Head {
  lang: string;
  columns: readonly Column[];
  sort: UserSort | '';
  selection: Selection;
  sortBy(sort: UserSort): void;
  resize(column: Column, width: number): void;
}

/** The row of headings: each sorts, and is made wider or narrower at its end. */
export function head(options: Head): TemplateResult {
  return html`<div class="row head" role="row" aria-rowindex="1">
    ${options.columns.map((column, at) => heading(column, at + 1, options))}
  </div>`;
}

function heading(column: Column, at: number, options: Head): TemplateResult {
  const { lang, sort } = options;
  const key = column.sortKey;
  const descending = sort === `-${key}`;
  const sorted = descending || (key && sort === key);
  return html`<div
    class="c-${column.id}"
    role="columnheader"
    tabindex="-1"
    aria-colindex=${at}
    aria-sort=${ifDefined(sorted ? (descending ? 'descending' : 'ascending') : undefined)}
  >
    ${
      column === checkColumn
        ? selectAll(options)
        : column === actsColumn
          ? html`<span class="hidden">${translate(lang, 'users.actions')}</span>`
          : key
            ? html`<button
                class="text cut"
                type="button"
                tabindex="-1"
                @click=${() => options.sortBy(sort === key ? (`-${key}` as UserSort) : key)}
              >
                ${headingOf(lang, column)}
                ${sorted ? html`<span aria-hidden="true">${descending ? '↓' : '↑'}</span>` : nothing}
              </button>`
            : html`<span class="cut">${headingOf(lang, column)}</span>`
    }
    ${
      column === checkColumn || column === actsColumn
        ? nothing
        : html`<span
            class="edge"
            @pointerdown=${(event: PointerEvent) => drag(event, (px) => options.resize(column, px))}
          ></span>`
    }
  </div>`;
}

const selectAll = ({ lang, selection }: Head) =>
  html`<input
    type="checkbox"
    tabindex="-1"
    aria-label=${translate(lang, 'users.selectAll')}
    .checked=${live(selection.isAllLoaded)}
    .indeterminate=${selection.size > 0 && !selection.isAllLoaded}
    @change=${() => selection.toggleLoaded()}
  />`;

/** Follows the pointer with the width of a heading; keys set it in the dialog of columns. */
function drag(event: PointerEvent, resize: (width: number) => void): void {
  const edge = event.currentTarget as HTMLElement;
  const width = edge.parentElement!.offsetWidth;
  const way = edge.matches(':dir(rtl)') ? -1 : 1;
  const stop = new AbortController();
  const { signal } = stop;
  event.preventDefault();
  edge.setPointerCapture(event.pointerId);
  edge.addEventListener(
    'pointermove',
    ({ clientX }) => resize(width + way * (clientX - event.clientX)),
    { signal },
  );
  for (const end of ['pointerup', 'pointercancel']) {
    edge.addEventListener(end, () => stop.abort(), { signal });
  }
}
