import type { MutationOptions } from '@tanstack/query-core';
import { mutate } from '../data/index.js';
import type { InlayElement } from './element.js';
import { InlayBeforeActionEvent, InlayErrorEvent } from './events.js';

/**
 * Sends a write the reader asked for, unless the page cancels it. It is shown at
 * once by the overlay and drawn back when refused; the refusal is told by a toast
 * and the `inlay-error` event. Answers whether it was done.
 */
export async function perform<V, T>(
  host: InlayElement,
  action: string,
  options: MutationOptions<T, Error, V>,
  input: V,
): Promise<boolean> {
  const { runtime } = host;
  if (!runtime || !host.dispatchEvent(new InlayBeforeActionEvent(action, input))) {
    // What the reader set in a field goes back.
    host.requestUpdate();
    return false;
  }
  try {
    await mutate(runtime.queries, options, input);
    return true;
  } catch (error) {
    host.dispatchEvent(new InlayErrorEvent(error as Error));
    return false;
  }
}
