import type { ReactiveController } from 'lit';
import type { Runtime } from '../runtime/index.js';
import type { InlayElement } from './element.js';

/** Lets go of what one person has chosen or typed when somebody else signs in. */
export class IdentityWatch implements ReactiveController {
  private runtime: Runtime | undefined;
  private stop: (() => void) | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly forget: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const { runtime } = this.host;
    // Another one is another backend or person; the same one, a move within the page.
    if (this.runtime && runtime !== this.runtime) this.forget();
    this.runtime = runtime;
    this.stop = runtime?.onIdentity(this.forget);
  }

  hostDisconnected(): void {
    this.stop?.();
  }
}
