/** Waits for a condition, asking again whenever the process had something to do. */
export async function until(condition: () => boolean, patienceMs = 10_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited ${patienceMs} ms in vain for ${condition}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
