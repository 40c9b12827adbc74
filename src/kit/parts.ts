import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { ApiError } from '../client/index.js';
import type { UserSummary } from '../contract/index.js';
import { hue, initials } from './format.js';
import { isMessage, translate } from './i18n.js';

/** What went wrong, for the reader: in their language where the cause is known, else in the server's words. */
export function explain(lang: string, error: unknown): string {
  const key = `error.${(error as Partial<ApiError>).code ?? ''}`;
  if (isMessage(key)) return translate(lang, key);
  return error instanceof Error ? error.message : String(error);
}

/** What the `style` property takes, though it gives an object: the types know only one of the two. */
export const cssText = (text: string) => text as unknown as CSSStyleDeclaration;

/**
 * A person's picture, or their initials; decorative, as the name stands beside it.
 * The style is set as a property: a page's policy may forbid the attribute.
 */
export function avatar(person: Pick<UserSummary, 'id' | 'name' | 'image'>): TemplateResult {
  return person.image
    ? html`<img
        part="avatar"
        class="avatar"
        src=${person.image}
        alt=""
        loading="lazy"
        referrerpolicy="no-referrer"
      />`
    : html`<span part="avatar" class="avatar h${Math.floor(hue(person.id) / 30)}" aria-hidden="true"
        >${initials(person.name)}</span
      >`;
}

/** A line above the content: what failed, and a way to mend it. What was shown stays. */
export function notice(text: string, label?: string, act?: () => void): TemplateResult {
  return html`<div part="notice" class="notice" role="alert">
    <span>${text}</span>
    ${act ? html`<button class="button" type="button" @click=${act}>${label}</button>` : nothing}
  </div>`;
}

/** Fills the element where there is no content: empty, failed, forbidden, signed out. */
export function blank(
  slot: 'empty' | 'error',
  title: string,
  more: { text?: string; label?: string; act?: () => void } = {},
): TemplateResult {
  return html`<div
    part=${slot}
    class="blank"
    role=${ifDefined(slot === 'error' ? 'alert' : undefined)}
  >
    <slot name=${slot}>
      <strong>${title}</strong>
      ${more.text ? html`<span>${more.text}</span>` : nothing}
    </slot>
    ${
      more.act
        ? html`<button class="button" type="button" @click=${more.act}>${more.label}</button>`
        : nothing
    }
  </div>`;
}

/** The blank for a first load that failed: signed out, forbidden, or an error with a retry. */
export function failure(lang: string, error: unknown, retry: () => void): TemplateResult {
  // Not `instanceof`: the error may come from another copy of Inlay on the page.
  const { status } = error as Partial<ApiError>;
  if (status === 401) return blank('error', translate(lang, 'state.signedOut'));
  if (status === 403) return blank('error', translate(lang, 'state.forbidden'));
  return blank('error', translate(lang, 'state.error'), {
    text: explain(lang, error),
    label: translate(lang, 'action.retry'),
    act: retry,
  });
}
