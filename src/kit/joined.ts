import { html, type TemplateResult } from 'lit';

interface Joint {
  strings: TemplateStringsArray;
  readonly next: WeakMap<TemplateStringsArray, Joint>;
}

const first: Joint = { strings: Object.assign([''], { raw: [''] }), next: new WeakMap() };

/**
 * Templates that follow each other, as one: Lit then makes a table's row at once, and not
 * cell by cell with marks between them.
 */
export function joined(templates: readonly TemplateResult[]): TemplateResult {
  let joint = first;
  for (const { strings } of templates) {
    const known = joint.next.get(strings);
    const next = known ?? { strings: concat(joint.strings, strings), next: new WeakMap() };
    if (!known) joint.next.set(strings, next);
    joint = next;
  }
  return html(joint.strings, ...templates.flatMap(({ values }) => values));
}

function concat(before: TemplateStringsArray, after: TemplateStringsArray): TemplateStringsArray {
  const [start, ...rest] = after;
  const strings = [...before.slice(0, -1), before.at(-1)! + start!, ...rest];
  return Object.assign(strings, { raw: strings });
}
