import { html, nothing, type TemplateResult } from 'lit';
import { translate } from '../../kit/i18n.js';

/** Rows drawn at most; what belongs to one person or team is seldom more. */
const most = 50;

interface Related<T> {
  /** Tells one list from another within the element. */
  id: string;
  title: unknown;
  /** Undefined while it is on its way. */
  items: readonly T[] | undefined;
  row: (item: T) => unknown;
  /** What is said when there is nothing. */
  none: string;
  error: Error | null | undefined;
  retry: () => void;
}

/** A short list beside a person: their projects, their team. */
export function related<T>(
  lang: string,
  { id, title, items, row, none, error, retry }: Related<T>,
): TemplateResult {
  const bone = html`<li aria-hidden="true"><span class="bone"></span></li>`;
  return html`<section part=${id}>
    <h3 id=${id} class="cut">${title}</h3>
    ${
      items
        ? html`<ul tabindex="0" aria-labelledby=${id}>
            ${items.slice(0, most).map((item) => html`<li>${row(item)}</li>`)}
            ${items.length > 0 ? nothing : html`<li class="none">${none}</li>`}
          </ul>`
        : error
          ? html`<p class="none">
              ${translate(lang, 'state.error')}
              <button class="text" type="button" @click=${retry}>
                ${translate(lang, 'action.retry')}
              </button>
            </p>`
          : html`<ul aria-labelledby=${id}>
              ${bone}${bone}${bone}
            </ul>`
    }
  </section>`;
}
