import type { ReactiveController } from 'lit';
import type { InlayElement } from '../../kit/element.js';
import { InlaySelectionEvent } from '../../kit/events.js';
import { IdentityWatch } from '../../kit/identity-watch.js';
import type { People } from './local-people.js';

/**
 * Who is selected. They stay so wherever one scrolls and whatever is searched for; who is
 * deleted, by whomever, leaves.
 */
export class Selection implements ReactiveController {
  ids: ReadonlySet<string> = new Set();
  /** All that match the filters in force, loaded or not. */
  everyone = false;
  /** Where a range begins. */
  private anchor: string | undefined;
  private stop: (() => void) | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly people: () => People | undefined,
  ) {
    host.addController(this);
    new IdentityWatch(host, () => (this.everyone || this.ids.size > 0) && this.set([]));
  }

  hostConnected(): void {
    this.follow();
  }

  hostDisconnected(): void {
    this.stop?.();
    this.stop = undefined;
  }

  has(id: string): boolean {
    return this.everyone || this.ids.has(id);
  }

  get size(): number {
    return this.everyone ? (this.people()?.total ?? 0) : this.ids.size;
  }

  /** Who is loaded is selected, to the last. */
  get isAllLoaded(): boolean {
    if (this.size === 0) return false;
    const rows = this.people()?.rows ?? [];
    return rows.length > 0 && rows.every(({ id }) => this.has(id));
  }

  set(ids: Iterable<string>, everyone = false): void {
    this.ids = new Set(ids);
    this.everyone = everyone;
    this.follow();
    this.host.requestUpdate();
    this.host.dispatchEvent(new InlaySelectionEvent([...this.ids], everyone));
  }

  drop(gone: readonly string[]): void {
    const left = new Set(this.ids);
    for (const id of gone) left.delete(id);
    if (left.size < this.ids.size) this.set(left, this.everyone);
  }

  /** Selects a person, or not any more. */
  toggle(id: string): void {
    this.anchor = id;
    const ids = this.everyone ? this.loaded : [...this.ids];
    this.set(this.has(id) ? ids.filter((other) => other !== id) : [...ids, id]);
  }

  /** Selects all who are loaded from the one who was chosen last up to this one. */
  extend(id: string): void {
    const { loaded } = this;
    const ends = [loaded.indexOf(this.anchor ?? id), loaded.indexOf(id)];
    if (ends.includes(-1)) return this.toggle(id);
    const range = loaded.slice(Math.min(...ends), Math.max(...ends) + 1);
    this.anchor ??= id;
    this.set([...this.ids, ...range]);
  }

  toggleLoaded(): void {
    this.set(this.isAllLoaded ? [] : [...this.ids, ...this.loaded]);
  }

  private get loaded(): string[] {
    return (this.people()?.rows ?? []).map(({ id }) => id);
  }

  /** Hears of deletions while anybody is selected. */
  private follow(): void {
    if (this.ids.size === 0) return this.hostDisconnected();
    this.stop ??= this.host.runtime?.live.follow('users', {
      onEvents: (items) =>
        this.drop(items.flatMap(({ type, id }) => (type === 'USER_DELETED' ? [id] : []))),
      onReset: () => Promise.resolve(undefined),
    });
  }
}
