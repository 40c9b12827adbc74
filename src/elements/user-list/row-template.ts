import { html } from 'lit';
import type { User } from '../../contract/index.js';
import { formatDate } from '../../kit/format.js';
import type { Column } from './columns.js';
import { drawn } from './drawn.js';
import type { ShownUser } from './items.js';
import { timeFor, wordFor } from './values.js';

/** Draws what stands in a row in place of the columns: a text, a node, or a Lit template. */
export type RowTemplate = (user: ShownUser) => unknown;

/** The one column of rows that the page draws. */
export const rowColumn = (row: RowTemplate | HTMLTemplateElement): Column => ({
  id: 'row',
  label: 'users.label',
  isFixed: true,
  track: 'minmax(0, 1fr)',
  cell: (user, { lang }) =>
    html`<div class="whole" data-act="select">
      ${typeof row === 'function' ? drawn('rowTemplate', () => row(user)) : fill(row, user, lang)}
    </div>`,
});

/** A copy of the page's template: `data-field="name"` gets the name, as text. */
function fill({ content }: HTMLTemplateElement, user: User, lang: string): DocumentFragment {
  const copy = document.importNode(content, true);
  for (const place of copy.querySelectorAll<HTMLElement>('[data-field]')) {
    place.textContent = textOf(user, place.dataset['field']!, lang);
  }
  return copy;
}

function textOf(user: User, field: string, lang: string): string {
  const value = String((Object.hasOwn(user, field) && user[field as keyof User]) || '');
  if (field === 'role' || field === 'status') return wordFor(lang, field, value);
  return field.endsWith('At') ? timeFor(value, (iso) => formatDate(lang, iso)) : value;
}
