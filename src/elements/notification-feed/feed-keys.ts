/**
 * The keys of the ARIA feed pattern: PageDown and PageUp go to the next article and the one
 * before, Ctrl+End and Ctrl+Home out of the feed, to what can have the focus after and before it.
 */
export function goByKey(event: KeyboardEvent): void {
  const { key, ctrlKey, target } = event;
  const feed = event.currentTarget as Element;
  const articles = [...feed.querySelectorAll('article')];
  const at = articles.indexOf((target as Element).closest('article')!);
  const goes =
    key === 'PageDown'
      ? focus(articles[at + 1])
      : key === 'PageUp'
        ? focus(articles[at - 1])
        : ctrlKey && (key === 'End' ? focusAfter(feed) : key === 'Home' && focusBefore(feed));
  if (goes) event.preventDefault();
}

/** Whether it takes the focus: what is hidden, disabled or inert does not. */
function focus(element: HTMLElement | undefined): boolean {
  if (!(element && element.tabIndex >= 0)) return false;
  element.focus();
  return element.matches(':focus');
}

/** The feed's own bar stands before it. */
const focusBefore = (feed: Element) =>
  focus(
    [
      ...(feed.getRootNode() as ShadowRoot).querySelectorAll<HTMLElement>(
        '.bar button, .above button',
      ),
    ].at(-1),
  );

/** Goes on in the order of the page, across shadow roots. */
function focusAfter(at: Element): boolean {
  const parent = at.assignedSlot ?? at.parentElement ?? (at.getRootNode() as ShadowRoot).host;
  // A document has no host.
  if (!(parent as Element | undefined)) return false;
  const siblings = shownIn(parent);
  return siblings.slice(siblings.indexOf(at) + 1).some(focusWithin) || focusAfter(parent);
}

const focusWithin = (element: Element): boolean =>
  focus(element as HTMLElement) || shownIn(element).some(focusWithin);

/** The children as they are shown: of a slot what was put into it, of a host its shadow tree. */
function shownIn(element: Element): Element[] {
  const slotted = (element as Partial<HTMLSlotElement>).assignedElements?.() ?? [];
  return slotted[0] ? slotted : [...(element.shadowRoot ?? element).children];
}
