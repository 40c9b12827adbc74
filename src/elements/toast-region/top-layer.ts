import type { InlayElement } from '../../kit/element.js';
import { closest } from '../../kit/surroundings.js';

/** The innermost of what `find` gives, in this tree and the shadow trees inside. */
export function deepest(find: (root: DocumentOrShadowRoot) => Element | null): Element | null {
  let found = find(document);
  for (let inner = found; inner;) {
    found = inner;
    inner = inner.shadowRoot && find(inner.shadowRoot);
    if (inner === found) break;
  }
  return found;
}

const modalAround = (element: Element | null) =>
  element && closest(element, (each) => (each.matches('dialog:modal') ? each : undefined));

/** The modal dialog for which all the rest of the page is inert, if one is open. */
const openModal = () =>
  modalAround(deepest((root) => root.activeElement)) ??
  // Nobody may have the focus. What is inert cannot be hit, and a backdrop is its dialog.
  modalAround(deepest((root) => root.elementFromPoint(0, 0))) ??
  undefined;

/**
 * Keeps the popover `.root` of its host above everything, and in reach: while a modal dialog is
 * open, what stands outside can neither be pressed nor heard of, so the host moves in, and back
 * when the dialog closes or goes.
 */
export class TopLayer {
  /** While the host is moved: browsers without `moveBefore` take it out and put it in. */
  moving = false;
  private wanted = false;
  private dialog: Element | undefined;
  /** Holds the host's place in the page. */
  private readonly home = document.createComment('');

  constructor(private readonly host: InlayElement) {}

  private get popover(): HTMLElement {
    return this.host.renderRoot.querySelector('.root')!;
  }

  /** Shows it where the reader can reach it; `anew` brings it above what has come since. */
  show(anew = false): void {
    this.wanted = true;
    if (this.settle() || anew) this.toggle(false);
    this.toggle(true);
  }

  hide(): void {
    this.wanted = false;
    this.toggle(false);
  }

  /** The dialog is closing, or gone. */
  private readonly leave = () => {
    if (!this.dialog) return;
    if (this.wanted) this.show();
    else this.settle();
  };

  private toggle(open: boolean): void {
    const { popover } = this;
    // Old browsers have none.
    if (!('togglePopover' in popover)) return;
    if (popover.matches(':popover-open') !== open) popover.togglePopover(open);
  }

  /** Moves to where the reader can reach; answers whether it had to. */
  private settle(): boolean {
    const { host, home, dialog } = this;
    const next = openModal();
    if (next === dialog) return false;
    if (!dialog) host.before(home);
    this.dialog = next;
    this.moving = true;
    if (next) move(next, host, null);
    else if (home.parentNode) move(home.parentNode, host, home);
    this.moving = false;
    if (!next) home.remove();
    // The first comes in time; not all browsers have it.
    for (const type of ['beforetoggle', 'close']) {
      next?.addEventListener(type, () => queueMicrotask(this.leave), { once: true });
    }
    return true;
  }

  /** Whether the host, which is leaving, comes back: it is moved, or its dialog was taken away. */
  get returns(): boolean {
    if (this.moving) return true;
    const isEvicted = this.dialog?.isConnected === false && this.home.isConnected;
    if (isEvicted) {
      queueMicrotask(this.leave);
    } else {
      this.dialog = undefined;
      this.home.remove();
    }
    return isEvicted;
  }
}

function move(parent: ParentNode & Node, node: Node, before: Node | null): void {
  if ('moveBefore' in parent && node.isConnected) parent.moveBefore(node, before);
  else parent.insertBefore(node, before);
}
