/** Registers an element once; a name the page has taken already is left alone, with a warning. */
export function define(tag: string, element: CustomElementConstructor, prefix = ''): void {
  const name = prefix ? `${prefix}-${tag}` : tag;
  const held = customElements.get(name);
  if (!held) {
    // One class can be registered once only, so that a second name takes a subclass.
    customElements.define(
      name,
      customElements.getName(element) ? class extends element {} : element,
    );
  } else if (held !== element) {
    console.warn(`inlay: <${name}> is defined already, by another script or another version.`);
  }
}
