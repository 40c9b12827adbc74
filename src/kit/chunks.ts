import { css } from 'lit';
import { drawRows } from './rows.js';

/** Rows in a chunk, of which the browser draws those that are near. */
const size = 40;

interface Chunk {
  place: HTMLElement;
  ids: Set<string>;
}

const drawn = new WeakMap<Element, Chunk[]>();

/**
 * Draws rows of any height by `drawRows`, all of them into the page, in chunks that the
 * browser leaves out of its work while they are far. A row stays in its chunk: what comes in
 * above fills the first one and then begins another, so that no row below has to move.
 */
export function drawChunks<T extends { id: string }>(
  container: Element,
  items: readonly T[],
  draw: (item: T, index: number) => unknown,
): void {
  const chunks = drawn.get(container) ?? [];
  drawn.set(container, chunks);
  const home = new Map(chunks.flatMap((chunk) => [...chunk.ids].map((id) => [id, chunk] as const)));
  const make = (at: number) => {
    const chunk = { place: document.createElement('div'), ids: new Set<string>() };
    chunk.place.className = 'chunk';
    container.insertBefore(chunk.place, chunks[at]?.place ?? null);
    chunks.splice(at, 0, chunk);
    return chunk;
  };
  for (const chunk of chunks) chunk.ids.clear();

  let first = items.findIndex(({ id }) => home.has(id));
  if (first < 0) first = 0;
  const contents = new Map<Chunk, { item: T; index: number }[]>();
  const put = (chunk: Chunk, index: number, way: 'push' | 'unshift') => {
    const item = items[index]!;
    chunk.ids.add(item.id);
    const rows = contents.get(chunk) ?? [];
    contents.set(chunk, rows);
    rows[way]({ item, index });
  };
  let last: Chunk | undefined;
  for (let index = first; index < items.length; index += 1) {
    const known = home.get(items[index]!.id);
    const goesOn = last && (last.ids.size < size || last !== chunks.at(-1));
    last = known ?? (goesOn ? last! : make(chunks.length));
    put(last, index, 'push');
  }
  for (let index = first - 1; index >= 0; index -= 1) {
    const [top] = chunks;
    put(top && top.ids.size < size ? top : make(0), index, 'unshift');
  }

  for (const chunk of [...chunks]) {
    const rows = contents.get(chunk);
    if (rows) {
      const indices = new Map(rows.map(({ item, index }) => [item, index]));
      drawRows(
        chunk.place,
        rows.map(({ item }) => item),
        (item) => draw(item, indices.get(item)!),
      );
    } else {
      chunk.place.remove();
      chunks.splice(chunks.indexOf(chunk), 1);
    }
  }
}

/** For elements that draw in chunks; `--chunk` is how high one is thought to be before it is drawn. */
export const chunkStyles = css`
  .chunk {
    content-visibility: auto;
    contain-intrinsic-block-size: auto var(--chunk, 3200px);
  }
`;
