/** Elements of an element's shadow root. */
export const all = <T extends HTMLElement = HTMLElement>(host: Element, selector: string): T[] => [
  ...host.shadowRoot!.querySelectorAll<T>(selector),
];

export function one<T extends HTMLElement = HTMLElement>(host: Element, selector: string): T {
  const [found] = all<T>(host, selector);
  if (!found) throw new Error(`<${host.localName}> shows no "${selector}": ${textOf(host)}`);
  return found;
}

/** What an element shows, its spaces folded. */
export const textOf = (node: Element): string =>
  ((node.shadowRoot ?? node).textContent ?? '').replace(/\s+/g, ' ').trim();

/** What a screen reader calls it: its label, else its text without what is hidden from readers. */
export function nameOf(node: Element): string {
  const heard = node.cloneNode(true) as Element;
  for (const hidden of heard.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return node.ariaLabel ?? textOf(heard);
}

/** The button of this name. */
export function button(host: Element, name: string): HTMLButtonElement {
  const found = all<HTMLButtonElement>(host, 'button').find((each) => nameOf(each) === name);
  if (!found) throw new Error(`<${host.localName}> has no button "${name}": ${textOf(host)}`);
  return found;
}

export const buttons = (host: Element): string[] => all(host, 'button').map(nameOf);

/** Sets a field's value as a reader does. */
export function enter(field: HTMLInputElement | HTMLSelectElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The text of the area that stands in for the content: loading failed, nothing there. */
export const blankOf = (host: Element): string => textOf(one(host, '.blank'));
