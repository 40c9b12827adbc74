type Elements = Record<string, CustomElementConstructor & { observedAttributes?: string[] }>;

/**
 * Turns `<div data-inlay="user-list" data-page-size="20">` into the element inside
 * it, now and whenever one comes into the page. Takes the element's own attributes
 * only, and none that could name a backend or a token: this markup may come from
 * authors whom the site does not trust with scripts.
 */
export function mountAll(elements: Elements, prefix = ''): void {
  const mount = (point: HTMLElement): void => {
    const tag = point.dataset['inlay'] ?? '';
    const element = Object.hasOwn(elements, tag) && !tag.startsWith('inlay-') && elements[tag];
    if (!element || 'inlayMounted' in point.dataset) return;
    point.dataset['inlayMounted'] = '';
    const made = document.createElement(prefix ? `${prefix}-${tag}` : tag);
    for (const name of element.observedAttributes ?? []) {
      const value = point.getAttribute(`data-${name}`);
      if (value !== null) made.setAttribute(name, value);
    }
    // What stood here for readers without scripts stays the element's fallback.
    made.append(...point.childNodes);
    point.append(made);
  };
  const mountIn = (root: ParentNode) => {
    for (const point of root.querySelectorAll<HTMLElement>('[data-inlay]')) mount(point);
  };
  mountIn(document);
  new MutationObserver((records) => {
    for (const node of records.flatMap((record) => [...record.addedNodes])) {
      if (!(node instanceof HTMLElement)) continue;
      if (node.dataset['inlay'] !== undefined) mount(node);
      mountIn(node);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}
