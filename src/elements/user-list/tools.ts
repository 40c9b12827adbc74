import { html, type TemplateResult } from 'lit';
import { formStyles } from '../../kit/form.styles.js';
import { translate } from '../../kit/i18n.js';
import { popupStyles } from '../../kit/popup.js';
import type { QueryElement } from '../../kit/query-element.js';
import { Bulk, type Listed } from './bulk.js';
import { ColumnChooser } from './column-chooser.js';
import type { KeptLayout } from './column-layout.js';
import { headingOf, nextSort, type Column } from './columns.js';
import { CsvExport } from './csv-export.js';
import { Menu, type MenuItem } from './menu.js';
import { PersonActions } from './person-actions.js';
import { PersonDialogs } from './person-dialogs.js';
import { Question } from './question.js';
import type { Selection } from './selection.js';
import type { GridActions, Shown } from './people-grid.js';
import { toolStyles } from './tools.styles.js';

/** What the reader opens beside the list and over it. Made when first asked for: most lists are only read. */
export class Tools {
  readonly csv: CsvExport;
  readonly menu: Menu;
  readonly bulk: Bulk;
  readonly dialogs: PersonDialogs;
  readonly actions: PersonActions;
  private readonly chooser: ColumnChooser;
  private readonly question: Question;

  constructor(host: QueryElement, selection: Selection, kept: KeptLayout, listed: () => Listed) {
    const sheets = [popupStyles, formStyles, toolStyles].map(({ styleSheet }) => styleSheet!);
    // Added to those that are there: the page may have its own among them.
    host.shadowRoot!.adoptedStyleSheets.push(...sheets);
    this.csv = new CsvExport(host);
    this.menu = new Menu(host);
    this.question = new Question(host);
    this.bulk = new Bulk(host, selection, this.menu, this.question, listed);
    this.dialogs = new PersonDialogs(host, listed);
    this.chooser = new ColumnChooser(host, kept);
    this.actions = new PersonActions(host, this.menu, this.question, () => ({
      ...listed(),
      edit: (user) => this.dialogs.open(user),
      gone: (id) => selection.drop([id]),
    }));
  }

  /** Something that shows who is in the list. */
  get isOpen(): boolean {
    return this.menu.isOpen || this.dialogs.isOpen;
  }

  /** Opens what may be done with the list as a whole; headings sort, too, but are not everywhere in sight. */
  openMore(
    anchor: HTMLElement,
    { lang, sort }: Pick<Shown, 'lang' | 'sort'>,
    columns: readonly Column[],
    sortBy: GridActions['sortBy'],
    exportAll: (() => void) | undefined,
  ): void {
    const sorts = columns.flatMap((column): MenuItem[] => {
      const { sorted, next } = nextSort(column, sort) ?? {};
      if (!next) return [];
      const name = headingOf(lang, column);
      const label = sorted ? translate(lang, `sort.${sorted}`, { name }) : name;
      const group = translate(lang, 'sort.by');
      return [{ label, group, checked: sorted !== undefined, act: () => sortBy(next) }];
    });
    this.menu.open(anchor, translate(lang, 'list.more'), [
      { label: translate(lang, 'columns.open'), act: () => this.chooser.open() },
      ...(exportAll ? [{ label: translate(lang, 'export.start'), act: exportAll }] : []),
      ...sorts,
    ]);
  }

  render(lang: string, columns: readonly Column[]): TemplateResult {
    return html`${this.menu.render()} ${this.dialogs.render()} ${this.chooser.render(lang, columns)}
    ${this.question.render(lang)}`;
  }
}
