import type { LitElement } from 'lit';

/**
 * Keeps the keyboard in a list whose focused row may leave with the next rendering: the
 * same control of the next row, else of the one before, takes over; without one, the
 * first field above. `row` selects the rows.
 */
export async function handOnFocus(host: LitElement, row: string): Promise<void> {
  const focused = host.shadowRoot?.activeElement;
  const from = focused?.closest(row);
  const rows = [...host.renderRoot.querySelectorAll(row)];
  const at = from ? rows.indexOf(from) : -1;
  const heir = rows[at + 1] ?? rows[at - 1];
  const place = from ? controlsOf(from).indexOf(focused as HTMLElement) : -1;
  await host.updateComplete;
  if (!from || from.isConnected) return;
  const controls = controlsOf(heir?.isConnected ? heir : host.renderRoot);
  (controls[place] ?? controls[0])?.focus();
}

const controlsOf = (parent: ParentNode) => [
  ...parent.querySelectorAll<HTMLElement>('button, select, input'),
];

/** Finds in a row what is to be focused; without it the row itself is. */
export type Find = (row: HTMLElement) => HTMLElement | null | undefined;

/** Finds in another row what stands where `focused` stands in its own. */
export function counterpart(row: Element | undefined, focused: Element | null): Find {
  const stops = (parent: Element) => [
    ...parent.querySelectorAll<HTMLElement>('a[href], button, input, select, [tabindex]'),
  ];
  const place = row ? stops(row).indexOf(focused as HTMLElement) : -1;
  return (other) => stops(other)[place];
}
