import { html, nothing, type TemplateResult } from 'lit';
import { roles, userStatuses, type User } from '../../contract/index.js';
import { createUserOptions, updateUserOptions } from '../../data/index.js';
import { field } from '../../kit/field.js';
import type { Form } from '../../kit/form.js';
import { translate } from '../../kit/i18n.js';
import type { QueryElement } from '../../kit/query-element.js';

export type Fields = Pick<User, 'name' | 'email' | 'role' | 'status'>;
type Name = keyof Fields;

/** What an invitation begins from. */
export const newcomer: Fields = { name: '', email: '', role: 'user', status: 'invited' };
const fieldsOf = ({ name, email, role, status }: User): Fields => ({ name, email, role, status });
const choices = { role: roles, status: userStatuses };
const isChoice = (name: Name): name is keyof typeof choices => name in choices;

/**
 * What stands in a form that changes a person, or invites one. It is sent for the version that
 * it began from; what others save meanwhile it takes in, unless they changed the same fields:
 * then the reader decides.
 */
export class PersonForm {
  /** The person as the draft began from; undefined while there is none, or for a newcomer. */
  began: User | undefined;
  /** The person as they are by now. */
  private now: User | undefined;
  /** What both the reader and somebody else have changed. */
  private contested: Name[] = [];

  constructor(
    private readonly host: QueryElement,
    private readonly form: Form<Fields>,
    private readonly lang: () => string,
  ) {}

  /** Starts over, with a person or with nobody; answers from what. */
  begin(user?: User): Fields {
    this.began = this.now = user;
    this.contested = [];
    return user ? fieldsOf(user) : newcomer;
  }

  /** Takes in the person as they are now. */
  follow(user: User | undefined): void {
    const { form, now } = this;
    if (!user || !now || form.pending) return;
    // A refusal may have told of a newer one.
    if (!(now.version > user.version)) this.now = user;
    this.rebase();
  }

  private rebase(over = false): void {
    this.contested = this.form.rebase(fieldsOf(this.now!), over);
    if (this.contested.length === 0) this.began = this.now;
  }

  /** What the button that sends says; undefined while the reader has to decide. */
  get submit(): string | undefined {
    if (this.contested.length > 0) return undefined;
    return translate(this.lang(), this.began ? 'users.save' : 'users.invite');
  }

  /** Answers whether it was done. */
  async send(): Promise<boolean> {
    const { form, began, host, contested } = this;
    if (contested.length > 0) {
      await this.focus('.conflict');
      return false;
    }
    if (began && !form.dirty) return true;
    const done = began
      ? await form.save('users.update', updateUserOptions, {
          id: began.id,
          ...(host.runtime && { ifMatch: began.version }),
          ...form.changes,
        })
      : await form.save('users.create', createUserOptions, form.draft);
    // People of the page's own are the page's to change.
    if (done || !host.runtime) return true;
    const { code, current } = (form.error ?? {}) as { code?: string; current?: User };
    if (began && code === 'NOT_FOUND') {
      form.error = new Error(translate(this.lang(), 'profile.missing'));
      host.requestUpdate();
    }
    if (!began || !current) return false;
    // Somebody else was first. If with other fields, both have their way.
    form.error = undefined;
    this.follow(current);
    void host.refresh();
    return this.send();
  }

  /** The fields of these names; what is the reader's `own` browsers may fill in. */
  render(names: readonly Name[], own = false): unknown {
    const fields = names.map((name) =>
      field(
        this.form,
        name,
        this.label(name),
        isChoice(name)
          ? { options: choices[name].map((each) => [each, this.say(name, each)] as const) }
          : {
              type: name === 'email' ? name : 'text',
              required: true,
              maxLength: name === 'email' ? 254 : 100,
              autocomplete: own ? name : undefined,
            },
      ),
    );
    return [this.contested.length > 0 ? this.conflict() : nothing, fields];
  }

  /** What both have changed, as it is now and as the reader wants it. */
  private conflict(): TemplateResult {
    const { form, now, contested } = this;
    const t = (key: 'title' | 'theirs' | 'mine' | 'take' | 'keep') =>
      translate(this.lang(), `conflict.${key}`);
    const version = (key: 'theirs' | 'mine', name: Name, fields: Fields) =>
      html`<dd>
        <div class="fine">${t(key)}</div>
        <bdi>${this.say(name, fields[name])}</bdi>
      </dd>`;
    return html`<div part="conflict" class="conflict" role="alert" tabindex="-1">
      <strong>${t('title')}</strong>
      <dl>
        ${contested.map(
          (name) =>
            html`<dt>${this.label(name)}</dt>
              ${version('theirs', name, now!)} ${version('mine', name, form.draft)}`,
        )}
      </dl>
      <div class="actions">
        <button class="button" type="button" @click=${this.take}>${t('take')}</button>
        <button class="button" type="button" @click=${this.keep}>${t('keep')}</button>
      </div>
    </div>`;
  }

  /** Gives up the reader's part. */
  private readonly take = () => {
    const { form } = this;
    for (const name of this.contested) form.set(name, form.base[name]);
    // Who has left the list meanwhile is not heard of again.
    this.rebase();
    void this.focus('form .field');
  };

  /** Saves the reader's part on top. */
  private readonly keep = ({ currentTarget }: Event) => {
    const { form } = currentTarget as HTMLButtonElement;
    this.rebase(true);
    form!.requestSubmit();
  };

  /** Once all is drawn as it is by now. */
  async focus(selector: string): Promise<void> {
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  private label(name: Name): string {
    return translate(this.lang(), `users.${name}`);
  }

  /** A value as the reader knows it. */
  private say(name: Name, value: string): string {
    return isChoice(name) ? translate(this.lang(), `${name}.${value}` as 'role.user') : value;
  }
}
