/** Classes by tag. */
export type Elements = Record<string, CustomElementConstructor & { observedAttributes?: string[] }>;

/**
 * Turns `<div data-inlay="user-list" data-page-size="20">` into the element inside
 * it, now and whenever one comes into the page. Takes the element's own attributes
 * only, and none that could name a backend or a token: this markup may come from
 * authors whom the site does not trust with scripts.
 */
export function mountAll(elements: Elements, prefix = ''): void {
  const mount = (): void => {
    for (const point of document.querySelectorAll<HTMLElement>('[data-inlay]')) {
      const tag = point.dataset['inlay']!;
      const element = Object.hasOwn(elements, tag) && !tag.startsWith('inlay-') && elements[tag];
      if (!element || 'inlayMounted' in point.dataset) continue;
      point.dataset['inlayMounted'] = '';
      const made = document.createElement(prefix ? `${prefix}-${tag}` : tag);
      for (const name of element.observedAttributes ?? []) {
        const value = point.getAttribute(`data-${name}`);
        if (value !== null) made.setAttribute(name, value);
      }
      // What stood here for readers without scripts stays the element's fallback.
      made.append(...point.childNodes);
      point.append(made);
    }
  };
  mount();
  new MutationObserver(mount).observe(document.documentElement, { childList: true, subtree: true });
}
