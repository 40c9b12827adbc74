/** Resolves with what `condition` gives once that is truthy; looked at every frame, up to `ms`. */
export async function until<T>(
  condition: () => T,
  message: string,
  ms = 4_000,
): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (;;) {
    const found = condition();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain until ${message}`);
    await nextFrame();
  }
}

export const nextFrame = () => new Promise<number>(requestAnimationFrame);

/** Resolves with the next event of the type, wherever in the page it is dispatched. */
export function nextEvent<K extends keyof HTMLElementEventMap>(
  type: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) =>
    document.body.addEventListener(type, (event) => resolve(event), { once: true }),
  );
}
