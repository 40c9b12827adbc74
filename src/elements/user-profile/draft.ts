import { html, type ReactiveController, type TemplateResult } from 'lit';
import { allows, type User, type Viewer } from '../../contract/index.js';
import { InlayBeforeLeaveEvent } from '../../kit/events.js';
import { formTemplate } from '../../kit/field.js';
import { Form } from '../../kit/form.js';
import { IdentityWatch } from '../../kit/identity-watch.js';
import type { QueryElement } from '../../kit/query-element.js';
import { newcomer, PersonForm, type Fields } from './person-form.js';

/** What an `inlay-change` of a profile tells. */
export interface ProfileState {
  editing: boolean;
  /** Whether leaving would lose something. */
  dirty: boolean;
  /** What the reader has changed and not saved. */
  changes: Partial<Fields>;
}

/** The form of a profile, and the browser's question whether to leave it. */
export class Draft implements ReactiveController {
  private readonly form: Form<Fields>;
  private readonly person: PersonForm;
  /** The person as they are now. */
  private now: User | undefined;

  constructor(
    private readonly host: QueryElement,
    private readonly lang: () => string,
  ) {
    this.form = new Form(host, newcomer);
    this.person = new PersonForm(host, this.form, lang);
    host.addController(this);
    new IdentityWatch(host, () => this.end());
  }

  get state(): ProfileState {
    const editing = this.person.began !== undefined;
    return {
      editing,
      dirty: editing && this.form.dirty,
      changes: editing ? this.form.changes : {},
    };
  }

  /** Takes in the person as they are now; undefined when there is nobody whom the reader may change. */
  follow(user: User | undefined): void {
    const { began } = this.person;
    this.now = user;
    if (began && user?.id !== began.id) this.end();
    this.person.follow(user);
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
    this.form.begin(this.person.begin(this.now));
    void this.person.focus('form .field');
  };

  private end(): void {
    this.person.begin();
    this.form.leave();
    this.host.requestUpdate();
  }

  private readonly leave = () => {
    const inside = this.host.renderRoot.querySelector('.edited :focus');
    this.end();
    if (inside) void this.person.focus('.edit');
  };

  /** The form, while there is a draft. Only admins change `role` and `status`. */
  render(viewer: Viewer | null): TemplateResult | undefined {
    const { form, person } = this;
    const { began, submit } = person;
    if (!began) return undefined;
    const names = ['name', 'email', 'role', 'status'] as const;
    return html`<div class="edited">
      ${formTemplate(this.lang(), form, {
        submit,
        send: async () => {
          if (await person.send()) this.leave();
        },
        cancel: this.leave,
        fields: person.render(
          allows('admin', viewer) ? names : names.slice(0, 2),
          viewer?.id === began.id,
        ),
      })}
    </div>`;
  }
}
