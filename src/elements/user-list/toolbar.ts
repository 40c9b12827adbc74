import { html, nothing, type TemplateResult } from 'lit';
import type { UserSort } from '../../contract/index.js';
import { translate } from '../../kit/i18n.js';
import { headingOf, nextSort, type Column } from './columns.js';
import type { CsvExport } from './csv-export.js';
import type { Menu, MenuItem } from './menu.js';

interface Toolbar {
  lang: string;
  menu: Menu;
  csv: CsvExport;
  /** Undefined while nobody knows: then there is room for the button. */
  mayInvite: boolean | undefined;
  mayExport: boolean;
  invite(): void;
  chooseColumns(): void;
  exportAll(): void;
  /** Their headings sort, too, but are not everywhere in sight. */
  columns: readonly Column[];
  sort: UserSort | '';
  sortBy(sort: UserSort): void;
}

/** What may be done with the list as a whole. */
export function toolbar(options: Toolbar): TemplateResult {
  const { lang, mayInvite, csv, invite } = options;
  const cancel = () =>
    html`<button class="button" type="button" @click=${() => csv.cancel()}>
      ${translate(lang, 'export.cancel', { percent: Math.floor(csv.progress! * 100) })}
    </button>`;
  return html`${
    mayInvite === false
      ? nothing
      : html`<button
          class="button invite"
          type="button"
          ?disabled=${!mayInvite}
          @click=${() => invite()}
        >
          ${translate(lang, 'users.invite')}
        </button>`
  }
  ${csv.progress === undefined ? more(options) : cancel()}`;
}

function more(options: Toolbar): TemplateResult {
  const { lang, menu, mayExport, exportAll, chooseColumns } = options;
  const label = translate(lang, 'list.more');
  const open = ({ currentTarget }: Event) =>
    menu.open(currentTarget as HTMLElement, label, [
      { label: translate(lang, 'columns.open'), act: chooseColumns },
      ...(mayExport ? [{ label: translate(lang, 'export.start'), act: exportAll }] : []),
      ...sorts(options),
    ]);
  return html`<button
    class="icon"
    type="button"
    aria-haspopup="menu"
    aria-label=${label}
    @click=${open}
  >
    ⋯
  </button>`;
}

const sorts = ({ lang, columns, sort, sortBy }: Toolbar): MenuItem[] =>
  columns
    .filter(({ sortKey }) => sortKey)
    .map((column) => {
      const { sorted, next } = nextSort(column, sort)!;
      const name = headingOf(lang, column);
      return {
        label: sorted ? translate(lang, `sort.${sorted}`, { name }) : name,
        group: translate(lang, 'sort.by'),
        checked: sorted !== undefined,
        act: () => sortBy(next),
      };
    });
