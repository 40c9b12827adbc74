import { html, nothing, type TemplateResult } from 'lit';
import { translate } from '../../kit/i18n.js';
import type { CsvExport } from './csv-export.js';
import type { Menu } from './menu.js';

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

function more({ lang, menu, mayExport, exportAll, chooseColumns }: Toolbar): TemplateResult {
  const label = translate(lang, 'list.more');
  const items = [
    { label: translate(lang, 'columns.open'), act: chooseColumns },
    ...(mayExport ? [{ label: translate(lang, 'export.start'), act: exportAll }] : []),
  ];
  return html`<button
    class="icon"
    type="button"
    aria-haspopup="menu"
    aria-label=${label}
    @click=${({ currentTarget }: Event) => menu.open(currentTarget as HTMLElement, label, items)}
  >
    ⋯
  </button>`;
}
