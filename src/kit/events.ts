import type { ApiError } from '../client/index.js';
import type { Notification, Project, PublicUser, User, UserSummary } from '../contract/index.js';
import type { LiveState } from '../live/index.js';
import type { Notice } from '../runtime/index.js';

const init = { bubbles: true, composed: true };

/** Data has arrived for the first time, or for another filter. */
export class InlayLoadEvent extends Event {
  static readonly type = 'inlay-load';
  /** `total` counts all rows there are, not only those loaded. */
  constructor(readonly total: number) {
    super(InlayLoadEvent.type, init);
  }
}

/** What elements show, and their readers choose. */
export type Item = User | PublicUser | UserSummary | Project | Notification;

/** A row was chosen: by click or by Enter. */
export class InlaySelectEvent<T = Item> extends Event {
  static readonly type = 'inlay-select';
  constructor(readonly item: T) {
    super(InlaySelectEvent.type, { ...init, cancelable: true });
  }
}

/** Others are selected than before; `all` means everybody who matches, whoever is in `ids`. */
export class InlaySelectionEvent extends Event {
  static readonly type = 'inlay-selection';
  constructor(
    readonly ids: readonly string[],
    readonly all: boolean,
  ) {
    super(InlaySelectionEvent.type, init);
  }
}

/** The reader changed what is shown (search, filter, sort); `state` may be kept and set again. */
export class InlayChangeEvent<T = unknown> extends Event {
  static readonly type = 'inlay-change';
  constructor(readonly state: T) {
    super(InlayChangeEvent.type, init);
  }
}

/** Before a write goes out; `preventDefault()` stops it. `action` is the endpoint's name. */
export class InlayBeforeActionEvent extends Event {
  static readonly type = 'inlay-before-action';
  constructor(
    readonly action: string,
    readonly input: unknown,
  ) {
    super(InlayBeforeActionEvent.type, { ...init, cancelable: true });
  }
}

/**
 * The reader is leaving the page with a draft that is not saved: the browser asks them
 * whether to, unless this is cancelled.
 */
export class InlayBeforeLeaveEvent extends Event {
  static readonly type = 'inlay-before-leave';
  constructor() {
    super(InlayBeforeLeaveEvent.type, { ...init, cancelable: true });
  }
}

/** Loading or a write failed. The element shows it already; this is for the page's own log. */
export class InlayErrorEvent extends Event {
  static readonly type = 'inlay-error';
  constructor(readonly error: ApiError | Error) {
    super(InlayErrorEvent.type, init);
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
export class InlayNoticeEvent extends Event {
  static readonly type = 'inlay-notice';
  /** `text` is what the toast would say, in the reader's language. */
  constructor(
    readonly notice: Notice,
    readonly text: string,
  ) {
    super(InlayNoticeEvent.type, { ...init, cancelable: true });
  }
}

/** A popover of the element was opened or closed. */
export class InlayToggleEvent extends Event {
  static readonly type = 'inlay-toggle';
  constructor(readonly open: boolean) {
    super(InlayToggleEvent.type, init);
  }
}

/** The live stream stands otherwise than before: it was lost, is tried again, or is back. */
export class InlayStatusEvent extends Event {
  static readonly type = 'inlay-status';
  constructor(readonly state: LiveState) {
    super(InlayStatusEvent.type, init);
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
