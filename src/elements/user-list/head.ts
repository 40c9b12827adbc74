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
  const { columns, resize } = options;
  const columnOf = ({ target }: Event) => {
    const heading = (target as Element).closest('[role="columnheader"]');
    return heading ? columns[Number(heading.ariaColIndex) - 1] : undefined;
  };
  const edgeOf = ({ target }: Event) => (target as Element).closest<HTMLElement>('.edge');
  const pressed = (event: PointerEvent) => {
    const [column, edge] = [columnOf(event), edgeOf(event)];
    if (!column || column.isFixed) return;
    if (edge) dragEdge(event, edge, (width) => resize(column, width));
    else drag(event, column, options);
  };
  const fit = (event: Event) => {
    const [column, edge] = [columnOf(event), edgeOf(event)];
    if (column && edge) resize(column, fittingWidth(edge.parentElement!));
  };
  return html`<div
    class="row head"
    role="row"
    aria-rowindex="1"
    @pointerdown=${pressed}
    @dblclick=${fit}
  >
    ${columns.map((column, at) => heading(column, at + 1, options))}
  </div>`;
}

function heading(column: Column, at: number, options: Head): TemplateResult {
  const { lang, sort, sortBy } = options;
  const { id, isFixed } = column;
  const { sorted, next } = nextSort(column, sort) ?? {};
  const name = headingOf(lang, column);
  if (column === checkColumn) {
    return html`<div class="c-check" role="columnheader" tabindex="-1" aria-colindex=${at}>
      ${selectAll(options)}
    </div>`;
  }
  if (!next) {
    return html`<div class="c-${id}" role="columnheader" tabindex="-1" aria-colindex=${at}>
      <span class=${id === 'acts' ? 'hidden' : 'cut'}>${name}</span>
      <span class="edge" ?hidden=${isFixed}></span>
    </div>`;
  }
  const sign = sorted
    ? html`<span aria-hidden="true">${sorted === 'descending' ? '↓' : '↑'}</span>`
    : nothing;
  return html`<div
    class="c-${id}"
    role="columnheader"
    tabindex="-1"
    aria-colindex=${at}
    aria-sort=${ifDefined(sorted)}
  >
    <button class="text cut" type="button" tabindex="-1" @click=${() => sortBy(next)}>
      ${name} ${sign}
    </button>
    <span class="edge"></span>
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
