import type { User } from '../../contract/index.js';
import { prefetchRelated } from '../../data/index.js';
import type { InlayElement } from '../../kit/element.js';

/** Milliseconds that pointer or focus is on a name before what belongs to the person is loaded. */
const hoverTime = 150;

/** Loads what a person's page will show while the reader makes for it. */
export class Approach {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: InlayElement) {}

  /** Whom the reader makes for now; undefined for nobody any more. */
  follow(user?: User): void {
    clearTimeout(this.timer);
    const { runtime } = this.host;
    if (!user || !runtime) return;
    const load = () => void prefetchRelated(runtime.queries, runtime.api, user);
    this.timer = setTimeout(load, hoverTime);
  }
}
