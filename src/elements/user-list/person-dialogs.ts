import { html, nothing, type TemplateResult } from 'lit';
import { roles, type Role, type User } from '../../contract/index.js';
import { createUserOptions, updateUserOptions } from '../../data/index.js';
import { FormDialog } from '../../kit/dialog.js';
import type { InlayElement } from '../../kit/element.js';
import { InlayBeforeActionEvent } from '../../kit/events.js';
import { field } from '../../kit/field.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import { conflict } from '../user-profile/conflict.js';
import type { People } from './local-people.js';

interface Fields {
  name: string;
  email: string;
  role: Role;
}
const fieldsOf = ({ name, email, role }: User): Fields => ({ name, email, role });

/** The dialog that invites a person, and that changes one. */
export class PersonDialogs {
  private readonly dialog: FormDialog<Fields>;
  /** Who is edited, as the draft began from; undefined for a newcomer. */
  private edited: User | undefined;
  /** Who somebody else saved first, if in the same fields. */
  private theirs: User | undefined;

  constructor(
    private readonly host: InlayElement,
    /** `local`: the page holds the people and is told what to do. `people`: as they are now. */
    private readonly context: () => {
      lang: string;
      local: boolean;
      people: People | undefined;
    },
  ) {
    this.dialog = new FormDialog<Fields>(host, { name: '', email: '', role: 'user' });
  }

  get isOpen(): boolean {
    return this.dialog.isOpen;
  }

  invite(): void {
    this.edited = this.theirs = undefined;
    this.dialog.open({ name: '', email: '', role: 'user' });
  }

  edit(user: User): void {
    this.edited = user;
    this.theirs = undefined;
    this.dialog.open(fieldsOf(user));
  }

  private t(key: MessageKey, values?: Record<string, string>): string {
    return translate(this.context().lang, key, values);
  }

  /** Takes in what others have saved; where that is in the same fields, the reader decides. */
  private follow(now: User | undefined): void {
    const { form } = this.dialog;
    const known = this.theirs ?? this.edited;
    if (!now || !known || now === known || now.version < known.version || form.pending) return;
    this.theirs = form.rebase(fieldsOf(now)).length > 0 ? now : undefined;
    if (!this.theirs) this.edited = now;
  }

  render(): TemplateResult | undefined {
    return this.dialog.render(this.context().lang, () => this.content());
  }

  private content() {
    const { form } = this.dialog;
    const { id } = this.edited ?? {};
    if (id) this.follow(this.context().people?.rows.find((user) => user.id === id));
    const { edited } = this;
    return {
      title: edited
        ? this.t('users.editTitle', { name: edited.name })
        : this.t('users.inviteTitle'),
      submit: this.theirs ? undefined : this.t(edited ? 'users.save' : 'users.invite'),
      send: () => this.send(),
      fields: html`${this.theirs ? this.conflictWith(this.theirs) : nothing}
      ${field(form, 'name', this.t('users.name'), { required: true, maxLength: 100 })}
      ${field(form, 'email', this.t('users.email'), { type: 'email', required: true, maxLength: 254 })}
      ${field(form, 'role', this.t('users.role'), {
        options: roles.map((role) => [role, this.t(`role.${role}`)] as const),
      })}`,
    };
  }

  /** Answers whether it was done. */
  private async send(): Promise<boolean> {
    const { host, edited } = this;
    const { form } = this.dialog;
    const api = host.runtime?.api;
    if (edited && !form.dirty) return true;
    if (this.theirs) return this.point();
    if (this.context().local || !api) {
      const { draft, changes } = form;
      const input = edited ? { id: edited.id, ...changes } : { ...draft, status: 'invited' };
      return this.tell(edited ? 'users.update' : 'users.create', input);
    }
    if (!edited) {
      const input = { ...form.draft, status: 'invited' as const };
      return form.save('users.create', createUserOptions(api), input);
    }
    const input = { id: edited.id, ifMatch: edited.version, ...form.changes };
    if (await form.save('users.update', updateUserOptions(api), input)) return true;
    const { current } = (form.error ?? {}) as { current?: User };
    if (!current) return false;
    // Somebody else was first. If with other fields, both have their way.
    form.error = undefined;
    this.follow(current);
    host.requestUpdate();
    return this.theirs ? this.point() : this.send();
  }

  /** To what is to be decided first. */
  private async point(): Promise<false> {
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>('.conflict')?.focus();
    return false;
  }

  private tell(action: string, input: unknown): boolean {
    this.host.dispatchEvent(new InlayBeforeActionEvent(action, input));
    return true;
  }

  private conflictWith(theirs: User): TemplateResult {
    const { form } = this.dialog;
    const now = fieldsOf(theirs);
    const say = (name: keyof Fields, value: string) =>
      name === 'role' ? this.t(`role.${value as Role}`) : value;
    const both = (Object.keys(form.changes) as (keyof Fields)[]).filter(
      (name) => form.changes[name] !== now[name],
    );
    const settle = () => {
      form.rebase(now, true);
      this.edited = theirs;
      this.theirs = undefined;
    };
    return conflict(
      this.context().lang,
      both.map((name) => ({
        label: this.t(`users.${name}`),
        theirs: say(name, now[name]),
        mine: say(name, form.draft[name]),
      })),
      {
        take: () => {
          settle();
          for (const name of both) form.set(name, now[name]);
        },
        keep: () => {
          settle();
          void this.send().then((done) => done && this.dialog.close());
        },
      },
    );
  }
}
