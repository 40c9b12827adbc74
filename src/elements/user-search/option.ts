import { html, type TemplateResult } from 'lit';
import type { PublicUser, User } from '../../contract/index.js';
import { mark } from '../../kit/mark.js';
import { avatar } from '../../kit/parts.js';

/** In full for those who may see more than the name. */
export type Person = User | PublicUser;

/** A person who matches, with what matches marked. */
export function option(
  person: Person,
  id: string,
  active: boolean,
  search: string,
): TemplateResult {
  const email = 'email' in person ? person.email : '';
  return html`<li id=${id} part="option" class="option" role="option" aria-selected=${active}>
    ${avatar(person)}
    <span class="who"
      ><span class="cut" dir="auto">${mark(person.name, search)}</span>
      <span class="cut fine" dir="ltr">${mark(email, search)}</span></span
    >
  </li>`;
}
