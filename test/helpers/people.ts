import type { User } from '../../src/contract/index.js';
import type { UserList } from '../../src/elements/user-list/user-list.js';
import '../../src/elements/user-list/define.js';
import { all, textOf } from './dom.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

/** Those that are loaded. */
export const rows = (list: Element) =>
  all(list, '[part="row"]').filter((row) => row.querySelector('.name'));
export const names = (list: Element) => all(list, '[part="row"] .name').map(textOf);

/** Puts a `<user-list>` into the page and waits for its people. */
export async function mountPeople(stage: Stage, attributes = ''): Promise<UserList> {
  const list = stage.mount<UserList>(`<user-list ${attributes}></user-list>`);
  await until(() => rows(list).length > 0, 'people are shown');
  return list;
}

/** A person's row. */
export const rowOf = (list: Element, name: string) =>
  rows(list).find((row) => textOf(row.querySelector('.name')!) === name);

const control = (list: Element, name: string, act: string): HTMLElement => {
  const found = rowOf(list, name)?.querySelector<HTMLElement>(`button[data-act="${act}"]`);
  if (!found) throw new Error(`"${name}" has no button for "${act}"`);
  return found;
};

/** The role as it is shown, in English. */
export const roleOf = (list: Element, name: string): string =>
  textOf(rowOf(list, name)!.querySelector('.role')!);

export const roleButton = (list: Element, name: string) => control(list, name, 'role');
export const menuButton = (list: Element, name: string) => control(list, name, 'menu');

export const menuItems = (list: Element) => all(list, '[role="menu"] button');

/** Waits until people may be changed: who is signed in is known by then. */
export const untilEditable = (list: Element) =>
  until(() => all(list, '[data-act="menu"]').length > 0, 'people may be changed');

/** `mountPeople` for those who may change them. */
export async function mountEditable(stage: Stage, attributes = ''): Promise<UserList> {
  const list = await mountPeople(stage, attributes);
  await untilEditable(list);
  return list;
}

/** Opens a menu and chooses from it, by the beginning of the item's text. */
export async function choose(list: UserList, opener: HTMLElement, item: string): Promise<void> {
  opener.click();
  await list.updateComplete;
  const found = menuItems(list).find((each) => textOf(each).startsWith(item));
  if (!found) throw new Error(`no "${item}" in the menu: ${menuItems(list).map(textOf).join()}`);
  found.click();
  await list.updateComplete;
}

/** All people as the server has them; in the order of the list's default, newest first, unless said. */
export async function peopleOf(
  stage: Stage,
  sort: { key: keyof User; descending: boolean } = { key: 'createdAt', descending: true },
): Promise<User[]> {
  const { rows: people } = await stage.server.store.list('users', { sort, limit: Infinity });
  return people;
}
