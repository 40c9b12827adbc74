import { roles, type Role, type User, type UserStatus } from '../../contract/index.js';
import { deleteUserOptions, updateUserOptions } from '../../data/index.js';
import { perform } from '../../kit/action.js';
import type { InlayElement } from '../../kit/element.js';
import { translate } from '../../kit/i18n.js';
import type { Menu, MenuItem } from './menu.js';

/** How the list stands to what is done with its people. */
export interface Acting {
  lang: string;
  /** Nobody deletes themselves. */
  viewerId: string | undefined;
  edit(user: User): void;
  gone(id: string): void;
}

/** What may be done with one person, by the list's menu. */
export class PersonActions {
  constructor(
    private readonly host: InlayElement,
    private readonly menu: Menu,
    private readonly acting: () => Acting,
  ) {}

  openRoles(anchor: HTMLElement, user: User): void {
    const { lang } = this.acting();
    const label = translate(lang, 'users.roleOf', { name: user.name, role: '' });
    this.menu.open(anchor, label, this.roleItems(user));
  }

  openAll(anchor: HTMLElement, user: User): void {
    const { lang, viewerId, edit } = this.acting();
    const statuses = user.status === 'invited' ? ['invited', 'active'] : ['active', 'suspended'];
    const { name } = user;
    this.menu.open(anchor, translate(lang, 'users.actionsFor', { name }), [
      { label: translate(lang, 'users.edit'), act: () => edit(user) },
      ...this.roleItems(user, translate(lang, 'users.role')),
      ...(statuses as UserStatus[]).map((status) => ({
        label: translate(lang, `status.${status}`),
        group: translate(lang, 'users.status'),
        checked: status === user.status,
        act: () => this.update(user, { status }),
      })),
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

  private roleItems(user: User, group?: string): MenuItem[] {
    return roles.map((role) => ({
      label: translate(this.acting().lang, `role.${role}`),
      group,
      checked: role === user.role,
      act: () => this.update(user, { role }),
    }));
  }

  private update(user: User, change: { role: Role } | { status: UserStatus }): void {
    const same = Object.entries(change).every(([key, value]) => user[key as 'role'] === value);
    if (same) return;
    void perform(this.host, 'users.update', updateUserOptions, { id: user.id, ...change });
  }

  private async delete({ id }: User): Promise<void> {
    const done = await perform(this.host, 'users.delete', deleteUserOptions, { id });
    if (done) this.acting().gone(id);
  }
}
