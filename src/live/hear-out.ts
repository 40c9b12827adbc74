/** Lets a listener have its say: what it throws becomes an error of the page, and nobody else's loss. */
export function hearOut(say: () => void): void {
  try {
    say();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
