import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { allows, roles, userStatuses, type User, type Viewer } from '../../contract/index.js';
import { updateUserOptions } from '../../data/index.js';
import type { InlayElement } from '../../kit/element.js';
import { InlayBeforeLeaveEvent } from '../../kit/events.js';
import { field, formTemplate } from '../../kit/field.js';
import { Form } from '../../kit/form.js';
import { IdentityWatch } from '../../kit/identity-watch.js';
import { translate } from '../../kit/i18n.js';
import { conflict } from './conflict.js';

type Fields = Pick<User, 'name' | 'email' | 'role' | 'status'>;
const fieldsOf = ({ name, email, role, status }: User): Fields => ({ name, email, role, status });
const isOption = (name: keyof Fields) => name === 'role' || name === 'status';

/** What an `inlay-change` of a profile tells. */
export interface ProfileState {
  editing: boolean;
  /** Whether leaving would lose something. */
  dirty: boolean;
  /** What the reader has changed and not saved. */
  changes: Partial<Fields>;
}

/**
 * The form that changes a person. It is sent for the version that it began from; what others
 * save meanwhile it takes in, unless they changed the same fields: then the reader decides.
 */
export class Draft implements ReactiveController {
  /** The person as the draft began from, while there is one. */
  private began: User | undefined;
  /** The person as they are now. */
  private now: User | undefined;
  private readonly form: Form<Fields>;
  /** What both the reader and somebody else have changed. */
  private conflicts: (keyof Fields)[] = [];

  constructor(
    private readonly host: InlayElement,
    private readonly lang: () => string,
    private readonly refetch: () => Promise<unknown>,
  ) {
    this.form = new Form<Fields>(host, { name: '', email: '', role: 'user', status: 'active' });
    host.addController(this);
    new IdentityWatch(host, () => this.end());
  }

  get state(): ProfileState {
    const editing = this.began !== undefined;
    return {
      editing,
      dirty: editing && this.form.dirty,
      changes: editing ? this.form.changes : {},
    };
  }

  /** Takes in the person as they are now; undefined when there is nobody whom the reader may change. */
  follow(person: User | undefined): void {
    this.now = person;
    if (!this.began) return;
    if (person?.id !== this.began.id) return this.end();
    if (this.form.pending) return;
    this.conflicts = this.form.rebase(fieldsOf(person!));
    if (this.conflicts.length === 0) this.began = person;
  }

  hostConnected(): void {
    this.hostUpdated();
  }

  hostUpdated(): void {
    if (this.state.dirty && this.host.isConnected) addEventListener('beforeunload', this.hold);
    else removeEventListener('beforeunload', this.hold);
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.hold);
  }

  private readonly hold = (event: BeforeUnloadEvent) => {
    if (this.host.dispatchEvent(new InlayBeforeLeaveEvent())) event.preventDefault();
  };

  readonly begin = () => {
    if (!this.now) return;
    this.began = this.now;
    this.form.begin(fieldsOf(this.now));
    void this.focus('form .field');
  };

  private end(): void {
    this.began = undefined;
    this.conflicts = [];
    this.form.leave();
    this.host.requestUpdate();
  }

  private readonly leave = () => {
    const inside = this.host.renderRoot.querySelector('.edited :focus');
    this.end();
    if (inside) void this.focus('.edit');
  };

  private async focus(selector: string): Promise<void> {
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  private readonly save = async (): Promise<void> => {
    const { form, began, host } = this;
    if (!began || !host.runtime) return;
    if (this.conflicts.length > 0) return this.focus('.conflict');
    if (!form.dirty) return this.leave();
    const { id, version } = began;
    const options = updateUserOptions(host.runtime.api);
    const input = { id, ifMatch: version, ...form.changes };
    if (await form.save('users.update', options, input)) return this.leave();
    if ((form.error as { status?: number } | undefined)?.status !== 412) return;
    // Somebody else was first. If with other fields, both have their way.
    await this.refetch();
    await host.updateComplete;
    if (this.now?.id !== id || this.now.version <= version) return;
    form.error = undefined;
    host.requestUpdate();
    return this.conflicts.length > 0 ? this.focus('.conflict') : this.save();
  };

  private readonly takeTheirs = () => {
    const { form } = this;
    for (const name of this.conflicts) form.set(name, form.base[name]);
    void this.focus('form .field');
  };

  private readonly keepMine = () => {
    if (!this.now) return;
    this.form.rebase(fieldsOf(this.now), true);
    this.began = this.now;
    this.conflicts = [];
    void this.save();
  };

  /** The form, while there is a draft. Only admins change `role` and `status`. */
  render(viewer: Viewer | null): TemplateResult | undefined {
    const { form, began } = this;
    const lang = this.lang();
    if (!began) return undefined;
    const own = viewer?.id === began.id;
    const options = <O extends string>(kind: 'role' | 'status', all: readonly O[]) =>
      all.map((each) => [each, this.say(kind, each)] as const);
    return html`<div class="edited">
      ${this.conflicts.length > 0 ? this.conflictView() : nothing}
      ${formTemplate(lang, form, {
        submit: this.conflicts.length > 0 ? undefined : translate(lang, 'users.save'),
        send: this.save,
        cancel: this.leave,
        fields: [
          field(form, 'name', this.label('name'), {
            required: true,
            maxLength: 100,
            autocomplete: own ? 'name' : undefined,
          }),
          field(form, 'email', this.label('email'), {
            type: 'email',
            required: true,
            maxLength: 254,
            autocomplete: own ? 'email' : undefined,
          }),
          allows('admin', viewer)
            ? [
                field(form, 'role', this.label('role'), { options: options('role', roles) }),
                field(form, 'status', this.label('status'), {
                  options: options('status', userStatuses),
                }),
              ]
            : nothing,
        ],
      })}
    </div>`;
  }

  private conflictView(): TemplateResult {
    const { now, form, conflicts } = this;
    const fields = conflicts.map((name) => ({
      label: this.label(name),
      theirs: this.say(name, now?.[name] ?? ''),
      mine: this.say(name, form.draft[name]),
    }));
    return conflict(this.lang(), fields, { take: this.takeTheirs, keep: this.keepMine });
  }

  private label(name: keyof Fields): string {
    return translate(this.lang(), `users.${name}`);
  }

  /** A value as the reader knows it. */
  private say(name: keyof Fields, value: string): string {
    return isOption(name) ? translate(this.lang(), `${name}.${value}` as 'role.user') : value;
  }
}
