import type { TemplateResult } from 'lit';
import type { User } from '../../contract/index.js';
import { FormDialog } from '../../kit/dialog.js';
import { translate } from '../../kit/i18n.js';
import type { QueryElement } from '../../kit/query-element.js';
import { newcomer, PersonForm, type Fields } from '../user-profile/person-form.js';
import type { People } from './local-people.js';

/** The dialog that invites a person, and that changes one. */
export class PersonDialogs {
  private readonly dialog: FormDialog<Fields>;
  private readonly person: PersonForm;

  constructor(
    host: QueryElement,
    /** `people`: as they are now. */
    private readonly context: () => { lang: string; people: People | undefined },
  ) {
    this.dialog = new FormDialog(host, newcomer);
    this.person = new PersonForm(host, this.dialog.form, () => context().lang);
  }

  get isOpen(): boolean {
    return this.dialog.isOpen;
  }

  /** Changes a person; without one, invites somebody. */
  open(user?: User): void {
    this.dialog.open(this.person.begin(user));
  }

  render(): TemplateResult | undefined {
    const { person } = this;
    const { lang, people } = this.context();
    return this.dialog.render(lang, () => {
      person.follow(people?.rows.find(({ id }) => id === person.began?.id));
      const { began, submit } = person;
      return {
        title: began
          ? translate(lang, 'users.editTitle', { name: began.name })
          : translate(lang, 'users.inviteTitle'),
        submit,
        send: () => person.send(),
        fields: person.render(['name', 'email', 'role']),
      };
    });
  }
}
