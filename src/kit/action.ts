import type { MutationOptions } from '@tanstack/query-core';
import type { Api } from '../contract/index.js';
import { mutate } from '../data/index.js';
import type { InlayElement } from './element.js';
import { InlayBeforeActionEvent, InlayErrorEvent } from './events.js';

/**
 * Sends a write the reader asked for, unless the page cancels it. It is shown at
 * once by the overlay and drawn back when refused; the refusal is told by the
 * `inlay-error` event and a toast, or to `refused`, where it is shown more aptly as
 * long as the element is there and it is `awaited`. Answers what came of it, if it was done.
 */
export async function perform<V, T>(
  host: InlayElement,
  action: string,
  optionsFor: (api: Api) => MutationOptions<T, Error, V>,
  input: V,
  refused?: (error: Error) => void,
  awaited = () => true,
): Promise<{ result: T } | undefined> {
  const { runtime } = host;
  if (!host.dispatchEvent(new InlayBeforeActionEvent(action, input)) || !runtime) {
    // What the reader set in a field goes back.
    host.requestUpdate();
    return undefined;
  }
  const isHere = () => host.isConnected && awaited();
  const options = optionsFor(runtime.api);
  try {
    const told = refused ? toldHere(options, isHere) : options;
    return { result: await mutate(runtime.queries, told, input) };
  } catch (error) {
    if (awaited()) refused?.(error as Error);
    // What was given up on purpose has not failed.
    if ((error as { code?: string }).code !== 'ABORTED') {
      host.dispatchEvent(new InlayErrorEvent(error as Error));
    }
    return undefined;
  }
}

/** Without the toast of a failure, unless the place to tell it has gone meanwhile. */
const toldHere = <V, T>(options: MutationOptions<T, Error, V>, isHere: () => boolean) => ({
  ...options,
  meta: {
    ...options.meta,
    get failure() {
      return isHere() ? undefined : options.meta?.['failure'];
    },
  },
});
