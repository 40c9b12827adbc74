import { version } from './version.js';

const versions = Symbol.for('inlay.versions');
const page = globalThis as { [versions]?: Record<string, string> };

/**
 * Registers an element once. A name that is taken is left alone, with a warning: by
 * another version of Inlay, in which case the first one stays in charge, or by the
 * page's own element, in which case a prefix helps.
 */
export function define(tag: string, element: CustomElementConstructor, prefix = ''): void {
  const name = prefix ? `${prefix}-${tag}` : tag;
  const ours = (page[versions] ??= {});
  const held = customElements.get(name);
  if (!held) {
    ours[name] = version;
    // A class can be registered under one name only: a second name takes a subclass.
    const taken = customElements.getName?.(element);
    customElements.define(name, taken ? class extends element {} : element);
  } else if (!ours[name]) {
    console.warn(`inlay: the page has a <${name}> of its own. Set data-prefix on the script.`);
  } else if (ours[name] !== version) {
    console.warn(`inlay: the page has <${name}> ${ours[name]}; ${version} is not used.`);
  }
}
