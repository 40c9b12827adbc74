import type { ReactiveController } from 'lit';
import type { Notification } from '../../contract/index.js';
import type { InlayElement } from '../../kit/element.js';

/** Milliseconds in which what comes in is announced together. */
const batch = 2000;

/** What has come in above the reader, and since it was last announced; nothing of what was there at first. */
export class Arrivals implements ReactiveController {
  /** How many the reader has not had in sight. */
  count = 0;
  /** Stands in a live region. */
  said = '';
  private list: string | undefined;
  /** When the newest of those seen, told and held were created. */
  private seen = '';
  private told = '';
  private items: readonly Notification[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly words: (count: number) => string,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.list = this.timer = undefined;
  }

  /** Takes what is shown of a list, newest first; `isSeen` where its top is in sight. */
  note(list: string, items: readonly Notification[], isSeen: boolean): void {
    this.items = items;
    const newest = items[0]?.createdAt ?? '';
    if (list !== this.list) {
      this.hostDisconnected();
      this.list = list;
      this.seen = this.told = newest;
    }
    if (isSeen && newest > this.seen) this.seen = newest;
    this.set(this.newerThan(this.seen), this.said);
    if (newest > this.told) this.timer ??= setTimeout(() => this.tell(), batch);
  }

  /** The reader has come to the top. */
  see(): void {
    if (this.count > 0 && this.list !== undefined) this.note(this.list, this.items, true);
  }

  private tell(): void {
    this.timer = undefined;
    const count = this.newerThan(this.told);
    this.told = this.items[0]?.createdAt ?? this.told;
    if (count === 0) return;
    // The same words again are no change, and would not be announced.
    const words = this.words(count);
    this.set(this.count, words === this.said ? `${words}\u00a0` : words);
  }

  private newerThan(time: string): number {
    const end = this.items.findIndex(({ createdAt }) => createdAt <= time);
    return end < 0 ? this.items.length : end;
  }

  private set(count: number, said: string): void {
    if (count === this.count && said === this.said) return;
    Object.assign(this, { count, said });
    // Told while the rows are drawn, which is within an update.
    void this.host.updateComplete.then(() => this.host.requestUpdate());
  }
}
