import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { UserSort } from '../../contract/index.js';
import { translate } from '../../kit/i18n.js';
import { checkColumn, headingOf, nextSort, type Column } from './columns.js';
import { drag, dragEdge } from './drag.js';
import { fittingWidth } from './fit.js';
import type { Selection } from './selection.js';

interface Head {
  lang: string;
  columns: readonly Column[];
  sort: UserSort | '';
  selection: Selection;
  sortBy(sort: UserSort): void;
  resize(column: Column, width: number): void;
  /** To where another column stands. */
  move(column: Column, to: Column): void;
}

/** The row of headings: each sorts, is dragged to another place, and made wider or narrower at its end. */
export function head(options: Head): TemplateResult {
  return html`<div class="row head" role="row" aria-rowindex="1">
    ${options.columns.map((column, at) => heading(column, at + 1, options))}
  </div>`;
}

function heading(column: Column, at: number, options: Head): TemplateResult {
  const { lang, sort, sortBy } = options;
  const { id, isFixed } = column;
  const { sorted, next } = nextSort(column, sort) ?? {};
  const name = headingOf(lang, column);
  return html`<div
    class="c-${id}"
    role="columnheader"
    tabindex="-1"
    aria-colindex=${at}
    aria-sort=${ifDefined(sorted)}
    @pointerdown=${(event: PointerEvent) => isFixed || drag(event, column, options)}
  >
    ${
      column === checkColumn
        ? selectAll(options)
        : next
          ? html`<button class="text cut" type="button" tabindex="-1" @click=${() => sortBy(next)}>
              ${name}
              ${sorted ? html`<span aria-hidden="true">${sorted === 'descending' ? '↓' : '↑'}</span>` : nothing}
            </button>`
          : html`<span class=${id === 'acts' ? 'hidden' : 'cut'}>${name}</span>`
    }
    ${
      isFixed
        ? nothing
        : html`<span
            class="edge"
            @pointerdown=${(event: PointerEvent) =>
              dragEdge(event, (px) => options.resize(column, px))}
            @dblclick=${({ currentTarget }: Event) =>
              options.resize(column, fittingWidth((currentTarget as HTMLElement).parentElement!))}
          ></span>`
    }
  </div>`;
}

const selectAll = ({ lang, selection }: Head) =>
  html`<input
    type="checkbox"
    tabindex="-1"
    aria-label=${translate(lang, 'users.selectAll')}
    .checked=${selection.isAllLoaded}
    .indeterminate=${selection.size > 0 && !selection.isAllLoaded}
    @change=${({ target }: Event) => {
      // As it was drawn: it changes with the selection, which the page has a say in.
      (target as HTMLInputElement).checked = selection.isAllLoaded;
      selection.toggleLoaded();
    }}
  />`;
