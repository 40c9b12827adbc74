import { html, type TemplateResult } from 'lit';
import { formatNumber, translate } from '../../kit/i18n.js';

/** Numbers of the pages to offer: the first, the last, and those around `page`; 0 for what is left out. */
export function pageNumbers(page: number, last: number): number[] {
  const near = [1, page - 1, page, page + 1, last];
  const numbers = [...new Set(near)].filter((each) => each >= 1 && each <= last);
  return numbers.flatMap((each, at) => {
    const gap = each - (numbers[at - 1] ?? 0);
    // A gap of one page takes no more room filled.
    return gap === 1 ? [each] : gap === 2 ? [each - 1, each] : [0, each];
  });
}

/** Leads from page to page. */
export function pageNav(
  lang: string,
  page: number,
  last: number,
  go: (page: number) => void,
): TemplateResult {
  const number = (each: number) => formatNumber(lang, each);
  const step = (to: number, label: 'pages.previous' | 'pages.next', sign: string) =>
    html`<button
      class="button step"
      type="button"
      aria-label=${translate(lang, label)}
      ?disabled=${to < 1 || to > last}
      @click=${() => go(to)}
    >
      ${sign}
    </button>`;
  return html`<nav class="pages" aria-label=${translate(lang, 'pages.label')}>
    ${step(page - 1, 'pages.previous', '‹')}
    ${pageNumbers(page, last).map((each) =>
      each === 0
        ? html`<span aria-hidden="true">…</span>`
        : html`<button
            class="button"
            type="button"
            aria-label=${translate(lang, 'pages.page', { page: each })}
            aria-current=${each === page ? 'page' : 'false'}
            @click=${() => go(each)}
          >
            ${number(each)}
          </button>`,
    )}
    ${step(page + 1, 'pages.next', '›')}
  </nav>`;
}
