import { sendKeys } from '@web/test-runner-commands';
import type { UserSearch } from '../../src/elements/user-search/user-search.js';
import '../../src/elements/user-search/define.js';
import { all, one, textOf } from './dom.js';
import { until } from './until.js';

export const inputOf = (search: Element) => one<HTMLInputElement>(search, 'input');
export const optionsOf = (search: Element) => all(search, '[role="option"]');
export const optionNames = (search: Element) =>
  all(search, '[role="option"] [dir="auto"]').map(textOf);
export const isOpen = (search: Element) => one(search, '#popup').matches(':popover-open');
/** Text of the option that a screen reader is on. */
export function activeOf(search: Element): string | undefined {
  const id = inputOf(search).getAttribute('aria-activedescendant');
  return id ? textOf(one(search, `#${id} [dir="auto"]`)) : undefined;
}

/** Types into the field as a reader does, over what stands there. */
export async function typeOver(search: UserSearch, text: string): Promise<void> {
  await search.updateComplete;
  search.focus();
  inputOf(search).select();
  await sendKeys(text ? { type: text } : { press: 'Delete' });
}

/** Types, and waits for who matches. */
export async function find(search: UserSearch, text: string): Promise<void> {
  await typeOver(search, text);
  await until(
    () => optionsOf(search).length > 0 && all(search, '.stale').length === 0,
    `who matches "${text}" is shown`,
  );
}
