import { html, type TemplateResult } from 'lit';
import type { PublicUser, User } from '../../contract/index.js';
import { mark } from '../../kit/mark.js';
import { avatar } from '../../kit/parts.js';

/** In full for those who may see more than the name. */
export type Person = User | PublicUser;

const keepFocus = (event: Event) => event.preventDefault();

/** A person who matches, with what matches marked. A press leaves the focus in the field. */
export function option(
  person: Person,
  id: string,
  active: boolean,
  search: string,
  choose: () => void,
): TemplateResult {
  const email = 'email' in person ? person.email : '';
  // eslint-disable-next-line lit-a11y/click-events-have-key-events -- The keys are the field's, which keeps the focus.
  return html`<li
    id=${id}
    part="option"
    class="option"
    role="option"
    aria-selected=${active}
    @pointerdown=${keepFocus}
    @click=${choose}
  >
    ${avatar(person)}
    <span class="who"
      ><span class="cut" dir="auto">${mark(person.name, search)}</span>
      <span class="cut fine" dir="ltr">${mark(email, search)}</span></span
    >
  </li>`;
}
