import { html, type TemplateResult } from 'lit';

interface Joint {
  strings: TemplateStringsArray;
  readonly next: WeakMap<TemplateStringsArray, Joint>;
}

const first: Joint = { strings: Object.assign([''], { raw: [''] }), next: new WeakMap() };

/**
 * The cells of a row, each a `<div>`, as one template: Lit then makes the row at once, and not
 * cell by cell with marks between them. What all cells have is written into it.
 */
export function joined(cells: readonly TemplateResult[]): TemplateResult {
  let joint = first;
  const values: unknown[] = [];
  cells.forEach(({ strings, values: own }, at) => {
    const known = joint.next.get(strings);
    const next = known ?? { strings: concat(joint.strings, strings, at + 1), next: new WeakMap() };
    if (!known) joint.next.set(strings, next);
    joint = next;
    values.push(...own);
  });
  return html(joint.strings, ...values);
}

function concat(before: TemplateStringsArray, after: TemplateStringsArray, column: number) {
  // Without the space around values, which would be nodes of their own in every row.
  const [start, ...rest] = after.map((text) => text.replace(/^\s+<\//, '</').replace(/>\s+$/, '>'));
  const cell = `<div role="gridcell" tabindex="-1" aria-colindex="${column}"`;
  const strings = [...before.slice(0, -1), before.at(-1)! + start!.replace('<div', cell), ...rest];
  return Object.assign(strings, { raw: strings });
}
