import type { LitElement } from 'lit';

/**
 * Keeps the keyboard in a list whose focused row may leave with the next rendering: the
 * same control of the next row that stays, else of the one before, takes over, or that row
 * itself; without one, the first field above, of radio buttons the one that is chosen. `row`
 * selects the rows.
 */
export async function handOnFocus(host: LitElement, row: string): Promise<void> {
  const focused = host.shadowRoot?.activeElement as HTMLElement | null | undefined;
  const from = focused?.closest<HTMLElement>(row);
  if (!from) return void (await host.updateComplete);
  const rows = [...host.renderRoot.querySelectorAll<HTMLElement>(row)];
  const at = rows.indexOf(from);
  const place = controlsOf(from).indexOf(focused!);
  await host.updateComplete;
  if (from.isConnected) return;
  const heirs = [...rows.slice(at + 1), ...rows.slice(0, at).reverse()];
  const heir = heirs.find(({ isConnected }) => isConnected);
  if (!heir) {
    const stops = controlsOf(host.renderRoot);
    return stops.find((stop) => !stop.matches('[type=radio]:not(:checked)'))?.focus();
  }
  const controls = controlsOf(heir);
  (focused === from ? heir : (controls[place] ?? controls[0]))?.focus();
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
