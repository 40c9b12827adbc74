import type { User } from '../../src/contract/index.js';
import type { UserList } from '../../src/elements/user-list/user-list.js';
import '../../src/elements/user-list/define.js';
import { all, textOf } from './dom.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

export const rows = (list: Element) => all(list, '[part="row"]');
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

export function roleOf(list: Element, name: string): HTMLSelectElement {
  return rowOf(list, name)!.querySelector('select')!;
}

/** All people as the server has them; in the order of the list's default, newest first, unless said. */
export async function peopleOf(
  stage: Stage,
  sort: { key: keyof User; descending: boolean } = { key: 'createdAt', descending: true },
): Promise<User[]> {
  const { rows: people } = await stage.server.store.list('users', { sort, limit: Infinity });
  return people;
}
