/** What the page's own code draws, or nothing and a word to the console: the rest of the list stands. */
export function drawn(what: string, draw: () => unknown): unknown {
  try {
    return draw();
  } catch (error) {
    console.error(`inlay: ${what} of a <user-list> could not be drawn.`, error);
    return '';
  }
}
