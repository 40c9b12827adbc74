import { html, type TemplateResult } from 'lit';
import { FormDialog } from '../../kit/dialog.js';
import type { InlayElement } from '../../kit/element.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import {
  initialLayout,
  moveColumn,
  resizeColumn,
  sortColumns,
  toggleColumn,
  type KeptLayout,
  type Layout,
} from './column-layout.js';
import { headingOf, type Column } from './columns.js';

/** The dialog in which readers choose, order and size the columns. */
export class ColumnChooser {
  private readonly dialog: FormDialog<Record<string, string>>;
  private draft: Layout = initialLayout;

  constructor(
    private readonly host: InlayElement,
    private readonly kept: KeptLayout,
  ) {
    this.dialog = new FormDialog(host, {});
  }

  open(): void {
    this.draft = this.kept.current;
    this.dialog.open();
  }

  private set(draft: Layout): void {
    this.draft = draft;
    this.host.requestUpdate();
  }

  render(lang: string, columns: readonly Column[]): TemplateResult | undefined {
    return this.dialog.render(lang, () => ({
      title: translate(lang, 'columns.title'),
      submit: translate(lang, 'columns.done'),
      send: () => {
        this.kept.set(this.draft);
        return Promise.resolve(true);
      },
      fields: html`<ul class="choice">
          ${sortColumns(this.draft, columns).map((column) => this.entry(lang, column, columns))}
        </ul>
        <button class="button quiet" type="button" @click=${() => this.set(initialLayout)}>
          ${translate(lang, 'columns.reset')}
        </button>`,
    }));
  }

  private entry(lang: string, column: Column, columns: readonly Column[]): TemplateResult {
    const { id } = column;
    const { draft } = this;
    const name = headingOf(lang, column);
    const sorted = sortColumns(draft, columns);
    const at = sorted.findIndex((each) => each.id === id);
    const move = (to: Column | undefined, label: MessageKey, sign: string) =>
      html`<button
        class="icon"
        type="button"
        aria-label=${translate(lang, label, { name })}
        ?disabled=${!to}
        @click=${() => this.set(moveColumn(this.draft, columns, id, to!.id))}
      >
        ${sign}
      </button>`;
    return html`<li>
      <label>
        <input
          type="checkbox"
          .checked=${!draft.hidden.includes(id)}
          ?disabled=${id === 'name'}
          @change=${() => this.set(toggleColumn(this.draft, id))}
        />
        <bdi>${name}</bdi>
      </label>
      <input
        class="field"
        type="number"
        min="60"
        max="800"
        step="10"
        placeholder=${translate(lang, 'columns.auto')}
        aria-label=${translate(lang, 'columns.width', { name })}
        .value=${String(draft.widths[id] ?? '')}
        @change=${({ target }: Event) => {
          const width = (target as HTMLInputElement).valueAsNumber;
          this.set(resizeColumn(this.draft, id, Number.isNaN(width) ? undefined : width));
        }}
      />
      <span aria-hidden="true">${translate(lang, 'columns.pixels')}</span>
      ${move(sorted[at - 1], 'columns.earlier', '↑')} ${move(sorted[at + 1], 'columns.later', '↓')}
    </li>`;
  }
}
