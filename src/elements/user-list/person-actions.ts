import { roles, type User } from '../../contract/index.js';
import { deleteUserOptions, updateUserOptions } from '../../data/index.js';
import { perform } from '../../kit/action.js';
import type { InlayElement } from '../../kit/element.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import type { Menu, MenuItem } from './menu.js';
import type { Question } from './question.js';

/** How the list stands to what is done with its people. */
export interface Acting {
  lang: string;
  /** The menus let nobody delete themselves, or give themselves another role unasked. */
  viewerId: string | undefined;
  edit(user: User): void;
  gone(id: string): void;
}

/** What may be done with one person, by the list's menu. */
export class PersonActions {
  constructor(
    private readonly host: InlayElement,
    private readonly menu: Menu,
    private readonly question: Question,
    private readonly acting: () => Acting,
  ) {}

  openRoles(anchor: HTMLElement, user: User): void {
    const label = translate(this.acting().lang, 'users.roleOf', { name: user.name, role: '' });
    this.menu.open(anchor, label, this.choices(user, 'role', roles));
  }

  openAll(anchor: HTMLElement, user: User): void {
    const { lang, viewerId, edit } = this.acting();
    const { name } = user;
    const statuses = user.status === 'invited' ? ['invited', 'active'] : ['active', 'suspended'];
    this.menu.open(anchor, translate(lang, 'users.actionsFor', { name }), [
      { label: translate(lang, 'users.edit'), act: () => edit(user) },
      ...this.choices(user, 'role', roles, translate(lang, 'users.role')),
      ...this.choices(user, 'status', statuses, translate(lang, 'users.status')),
      ...(user.id === viewerId
        ? []
        : [
            {
              label: translate(lang, 'users.delete', { name }),
              danger: true,
              act: () => void this.delete(user),
            },
          ]),
    ]);
  }

  private choices(
    user: User,
    name: 'role' | 'status',
    words: readonly string[],
    group?: string,
  ): MenuItem[] {
    return words.map((word) => {
      const checked = user[name] === word;
      const { lang, viewerId } = this.acting();
      const label = translate(lang, `${name}.${word}` as MessageKey);
      const input = { id: user.id, [name]: word };
      const change = () => void perform(this.host, 'users.update', updateUserOptions, input);
      const act = () => {
        if (checked) return;
        if (name === 'role' && user.id === viewerId) this.askOneself(label, change);
        else change();
      };
      return { label, group, checked, act };
    });
  }

  private askOneself(value: string, act: () => void): void {
    const { lang } = this.acting();
    this.question.ask({
      title: translate(lang, 'users.changeOwn', { value }),
      text: translate(lang, 'users.changeOwnHint'),
      submit: translate(lang, 'action.change'),
      act,
    });
  }

  private async delete({ id }: User): Promise<void> {
    const done = await perform(this.host, 'users.delete', deleteUserOptions, { id });
    if (done) this.acting().gone(id);
  }
}
