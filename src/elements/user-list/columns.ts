import { html, type TemplateResult } from 'lit';
import { userStatuses, type User, type UserSort } from '../../contract/index.js';
import { formatDate, formatDateTime, formatRelative } from '../../kit/format.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import { avatar } from '../../kit/parts.js';
import { drawn } from './drawn.js';
import type { ShownUser } from './items.js';
import { timeFor, wordFor } from './values.js';

/** A column of the page's own. */
export interface UserColumn {
  /** Tells it from the others; none of the built-in ones' ids. */
  id: string;
  /** Its heading. */
  label: string;
  /** What stands in a person's cell: a text, or a Lit template. */
  render(user: ShownUser): unknown;
  /** By what its heading sorts; left out, it does not. */
  sortKey?: UserSort;
  /** Pixels. Default 140. */
  width?: number;
}

/** How rows are drawn. */
export interface RowView {
  lang: string;
  isSelected(user: User): boolean;
  /** Roles, status and deletion are offered. */
  editable: boolean;
}

/** A column as the list draws it. */
export interface Column {
  id: string;
  label?: MessageKey | undefined;
  text?: string;
  sortKey?: UserSort | undefined;
  /** Always there, in its place and width. */
  isFixed?: true;
  /** Its track in the grid. */
  track: string;
  cell(user: User, view: RowView): TemplateResult;
  /** What pointer or focus finds out about a cell: all of what may be cut off, or more of it. */
  hint?(user: User, view: RowView): string;
}

/** The check box before a person. */
export const checkColumn: Column = {
  id: 'check',
  isFixed: true,
  track: '24px',
  cell: (user, view) =>
    html`<div class="check" data-act="check">
      <input
        type="checkbox"
        tabindex="-1"
        aria-label=${translate(view.lang, 'users.select', { name: user.name })}
        .checked=${view.isSelected(user)}
      />
    </div>`,
};

/** The button of the menu behind a person. */
export const actsColumn: Column = {
  id: 'acts',
  label: 'users.actions',
  isFixed: true,
  track: '32px',
  cell: ({ name }, { lang }) =>
    html`<div class="acts">
      <button
        class="icon"
        type="button"
        tabindex="-1"
        aria-haspopup="menu"
        aria-label=${translate(lang, 'users.actionsFor', { name })}
        data-act="menu"
      >
        ⋯
      </button>
    </div>`,
};

const builtIn: Column[] = [
  {
    id: 'name',
    label: 'users.name',
    sortKey: 'name',
    track: 'minmax(180px, 1.4fr)',
    cell: (user) =>
      html`<div class="who">
        ${avatar(user)}
        <button class="text cut name" type="button" tabindex="-1" dir="auto" data-act="select">
          ${user.name}
        </button>
      </div>`,
  },
  {
    id: 'email',
    label: 'users.email',
    sortKey: 'email',
    track: 'minmax(120px, 1fr)',
    cell: ({ email }) => html`<div class="cut email" dir="ltr">${email}</div>`,
    hint: ({ email }) => email,
  },
  {
    id: 'role',
    label: 'users.role',
    sortKey: 'role',
    track: '112px',
    cell: ({ name, role }, { lang, editable }) => {
      const word = wordFor(lang, 'role', role);
      if (!editable) return html`<div class="role">${word}</div>`;
      return html`<div class="role">
        <button
          class="text cut"
          type="button"
          tabindex="-1"
          aria-haspopup="menu"
          aria-label=${translate(lang, 'users.roleOf', { name, role: word })}
          data-act="role"
        >
          ${word}
        </button>
      </div>`;
    },
  },
  {
    id: 'status',
    label: 'users.status',
    track: '104px',
    cell: ({ status }, { lang }) =>
      html`<div class="cut state dot ${userStatuses.includes(status) ? status : ''}">
        ${wordFor(lang, 'status', status)}
      </div>`,
  },
  {
    id: 'createdAt',
    label: 'users.joined',
    sortKey: 'createdAt',
    track: '96px',
    cell: ({ createdAt }, { lang }) =>
      html`<div class="cut joined">${timeFor(createdAt, (iso) => formatDate(lang, iso))}</div>`,
    hint: ({ createdAt }, { lang }) => timeFor(createdAt, (iso) => formatDateTime(lang, iso)),
  },
  {
    id: 'lastActiveAt',
    label: 'users.lastActive',
    sortKey: 'lastActiveAt',
    track: '120px',
    cell: ({ lastActiveAt }, { lang }) =>
      html`<div class="cut joined">
        ${timeFor(lastActiveAt ?? '–', (iso) => formatRelative(lang, iso, Date.now()))}
      </div>`,
  },
];

/** The built-in columns, and those of the page behind them. */
export function columnsOf(own: readonly UserColumn[]): Column[] {
  return [
    ...builtIn,
    ...own.map(({ id, label, sortKey, width = 140, render }): Column => ({
      id,
      text: label,
      sortKey,
      track: `${width}px`,
      cell: (user) =>
        html`<div class="cut own">${drawn(`column "${id}"`, () => render(user))}</div>`,
    })),
  ];
}

/** The heading of a column in the reader's language. */
export const headingOf = (lang: string, { label, text = '' }: Column): string =>
  label ? translate(lang, label) : text;

/** How a column's heading is sorted by now, and what pressing it asks for: the other way round the second time. */
export function nextSort({ sortKey: key }: Column, sort: UserSort | '') {
  if (!key) return undefined;
  const next = sort === key ? (`-${key}` as UserSort) : key;
  const sorted = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined;
  return { next, sorted } as const;
}
