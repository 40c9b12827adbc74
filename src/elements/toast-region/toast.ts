import { html, nothing, type TemplateResult } from 'lit';
import { Href } from '../../contract/index.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import { icons } from '../../kit/icons.js';
import { explain } from '../../kit/parts.js';
import type { Notice } from '../../runtime/index.js';

/** A message that is shown. */
export interface Toast {
  /** The latest of those folded into it. */
  notice: Notice;
  /** What all of them say. */
  texts: Set<string>;
  /** Runs until it leaves. */
  timer?: ReturnType<typeof setTimeout> | undefined;
}

/** Stops the clock of a message. */
export function stop(toast: Toast): void {
  clearTimeout(toast.timer);
  toast.timer = undefined;
}

/** What a notice says by itself. */
export function textOf(lang: string, { message, values, error, notification }: Notice): string {
  if (!message) return notification?.title ?? '';
  const reason = error ? explain(lang, error) : '';
  return translate(lang, message as MessageKey, { ...values, reason });
}

/** Whether one message can stand for both: the same one again, of another name at most, or by their id. */
export function isSame(lang: string, a: Notice, b: Notice): boolean {
  if (a.id ?? b.id) return a.id === b.id;
  if (a.tone !== b.tone || a.undo || b.undo || a.action || b.action) return false;
  const named = (notice: Notice) => !notice.error && notice.values?.['name'] !== undefined;
  return named(a) && named(b) ? a.message === b.message : textOf(lang, a) === textOf(lang, b);
}

/** What the message says, with how many others are folded into it. */
export function wordsOf(lang: string, { notice, texts }: Toast): string {
  const text = textOf(lang, notice);
  const count = texts.size - 1;
  return count > 0 ? `${text}, ${translate(lang, 'toast.more', { count })}` : text;
}

/** The button of a notice, if it has one. */
export function actOf(lang: string, { undo, action }: Notice) {
  if (undo) return { label: translate(lang, 'action.undo'), run: undo };
  return action && { ...action, label: translate(lang, action.label as MessageKey) };
}

/** One message; `leave` takes it away, `swipe` hears of the pointers on it. */
export function toastTemplate(
  lang: string,
  toast: Toast,
  leave: (event: MouseEvent) => void,
  swipe: (event: PointerEvent) => void,
): TemplateResult {
  const { tone, notification, progress, undo } = toast.notice;
  const words = wordsOf(lang, toast);
  const act = actOf(lang, toast.notice);
  // Again: an API of the page's own is not held to the contract.
  const href = Href.safeParse(notification?.href).data;
  return html`<div
    part="toast"
    class="toast ${tone}"
    @pointerdown=${swipe}
    @pointermove=${swipe}
    @pointerup=${swipe}
    @pointercancel=${swipe}
  >
    <span class="words" dir="auto">${href ? html`<a href=${href}>${words}</a>` : words}</span>
    ${
      act
        ? html`<button
            class="button quiet act"
            type="button"
            @click=${(event: MouseEvent) => {
              leave(event);
              act.run();
            }}
          >
            ${act.label}
          </button>`
        : nothing
    }
    <button
      class="icon"
      type="button"
      aria-label=${translate(lang, 'action.dismiss')}
      @click=${leave}
    >
      ${icons.close}
    </button>
    ${
      progress === undefined
        ? nothing
        : html`<progress aria-label=${words} .value=${progress}></progress>`
    }
    ${undo ? html`<span class="time"></span>` : nothing}
  </div>`;
}
