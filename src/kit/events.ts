import type { ApiError } from '../client/index.js';
import type { Notification, Project, PublicUser, User, UserSummary } from '../contract/index.js';
import type { LiveState } from '../live/index.js';
import type { Notice } from '../runtime/index.js';

/** What they have in common: they come up to the document, out of every shadow tree. */
class InlayEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
  }
}

/** Data has arrived for the first time, or for another filter. */
export class InlayLoadEvent extends InlayEvent {
  /** `total` counts all rows there are, not only those loaded. */
  constructor(readonly total: number) {
    super('inlay-load');
  }
}

/** What elements show, and their readers choose. */
export type Item = User | PublicUser | UserSummary | Project | Notification;

/** A row was chosen: by click or by Enter. */
export class InlaySelectEvent<T = Item> extends InlayEvent {
  constructor(readonly item: T) {
    super('inlay-select', true);
  }
}

/** Others are selected than before; `all` means everybody who matches, whoever is in `ids`. */
export class InlaySelectionEvent extends InlayEvent {
  constructor(
    readonly ids: readonly string[],
    readonly all: boolean,
  ) {
    super('inlay-selection');
  }
}

/** The reader changed what is shown (search, filter, sort); `state` may be kept and set again. */
export class InlayChangeEvent<T = unknown> extends InlayEvent {
  constructor(readonly state: T) {
    super('inlay-change');
  }
}

/** Before a write goes out; `preventDefault()` stops it. `action` is the endpoint's name. */
export class InlayBeforeActionEvent extends InlayEvent {
  constructor(
    readonly action: string,
    readonly input: unknown,
  ) {
    super('inlay-before-action', true);
  }
}

/**
 * The reader is leaving the page with a draft that is not saved: the browser asks them
 * whether to, unless this is cancelled.
 */
export class InlayBeforeLeaveEvent extends InlayEvent {
  constructor() {
    super('inlay-before-leave', true);
  }
}

/** Loading or a write failed. The element shows it already; this is for the page's own log. */
export class InlayErrorEvent extends InlayEvent {
  constructor(readonly error: ApiError | Error) {
    super('inlay-error');
  }
}

/**
 * A toast is about to be shown; whoever cancels it tells the reader in their own way. It comes
 * from the toast region, which is there by itself, up to the document:
 *
 *     document.addEventListener('inlay-notice', (event) => {
 *       event.preventDefault();
 *       myToasts.show(event.text, { type: event.notice.tone, undo: event.notice.undo });
 *     });
 */
export class InlayNoticeEvent extends InlayEvent {
  /** `text` is what the toast would say, in the reader's language. */
  constructor(
    readonly notice: Notice,
    readonly text: string,
  ) {
    super('inlay-notice', true);
  }
}

/** A popover of the element was opened or closed. */
export class InlayToggleEvent extends InlayEvent {
  constructor(readonly open: boolean) {
    super('inlay-toggle');
  }
}

/** The live stream stands otherwise than before: it was lost, is tried again, or is back. */
export class InlayStatusEvent extends InlayEvent {
  constructor(readonly state: LiveState) {
    super('inlay-status');
  }
}

type Options = boolean | AddEventListenerOptions;

/** `addEventListener` of an element whose readers choose a `T`. */
export interface ListenFor<T> {
  (
    type: 'inlay-select',
    listener: (event: InlaySelectEvent<T>) => unknown,
    options?: Options,
  ): void;
  <K extends Exclude<keyof HTMLElementEventMap, 'inlay-select'>>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => unknown,
    options?: Options,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: Options): void;
}

declare global {
  interface HTMLElementEventMap {
    'inlay-notice': InlayNoticeEvent;
    'inlay-load': InlayLoadEvent;
    'inlay-select': InlaySelectEvent;
    'inlay-change': InlayChangeEvent;
    'inlay-selection': InlaySelectionEvent;
    'inlay-before-action': InlayBeforeActionEvent;
    'inlay-before-leave': InlayBeforeLeaveEvent;
    'inlay-error': InlayErrorEvent;
    'inlay-toggle': InlayToggleEvent;
    'inlay-status': InlayStatusEvent;
  }
  // Where it is listened to best.
  interface DocumentEventMap {
    'inlay-notice': InlayNoticeEvent;
  }
}
