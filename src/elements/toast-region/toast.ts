import { html, nothing, type TemplateResult } from 'lit';
import { Href } from '../../contract/index.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import * as icons from '../../kit/icons.js';
import { explain } from '../../kit/parts.js';
import type { Notice } from '../../runtime/index.js';

/** A message that is shown. */
export interface Toast {
  /** The latest of those folded into it. */
  notice: Notice;
  /** What all of them say. */
  texts: Set<string>;
  /** Those of notifications that it stands for. */
  news: Notice[];
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
function isSame(lang: string, a: Notice, b: Notice): boolean {
  if (a.id ?? b.id) return a.id === b.id;
  if (a.tone !== b.tone || a.undo || b.undo || a.action || b.action) return false;
  const named = (notice: Notice) => !notice.error && notice.values?.['name'] !== undefined;
  return named(a) && named(b) ? a.message === b.message : textOf(lang, a) === textOf(lang, b);
}

/** Notifications shown one by one; where more come in, one message stands for all. */
const most = 3;

/** Whether there is nothing to tell: it was read meanwhile, or is told already. */
export function isOver(toasts: readonly Toast[], { notification, signal }: Notice): boolean {
  const tells = (notice: Notice) => notice.notification?.id === notification?.id;
  const isTold = notification && toasts.some(({ news }) => news.some(tells));
  return isTold || (signal?.aborted ?? false);
}

/** The messages that a notice is folded into one with: one that says the same, or many notifications. */
export function joined(lang: string, toasts: readonly Toast[], notice: Notice): readonly Toast[] {
  if (!notice.notification) {
    return toasts.filter((each) => isSame(lang, each.notice, notice)).slice(0, 1);
  }
  const telling = toasts.filter(({ news }) => news.length > 0);
  const isFlood = telling.length >= most || telling.some(({ news }) => news.length > 1);
  return isFlood ? telling : [];
}

/** What the message says, with how many others are folded into it. */
export function wordsOf(lang: string, { notice, texts, news }: Toast): string {
  if (news.length > 1) return translate(lang, 'feed.new', { count: news.length });
  if (news.length === 1) return textOf(lang, notice);
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
  const { notification, progress, undo } = toast.notice;
  const isFlood = toast.news.length > 1;
  const tone = isFlood ? 'info' : toast.notice.tone;
  const words = wordsOf(lang, toast);
  const act = actOf(lang, toast.notice);
  // Again: an API of the page's own is not held to the contract.
  const href = isFlood ? undefined : Href.safeParse(notification?.href).data;
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
