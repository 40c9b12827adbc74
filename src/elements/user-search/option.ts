import { html, type TemplateResult } from 'lit';
import type { PublicUser, User } from '../../contract/index.js';
import { translate } from '../../kit/i18n.js';
import { mark } from '../../kit/mark.js';
import { avatar } from '../../kit/parts.js';

/** In full for those who may see more than the name. */
export type Person = User | PublicUser;

const keepFocus = (event: Event) => event.preventDefault();

/** A person who matches, with what matches marked. A press leaves the focus in the field. */
function option(
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

interface Listed {
  /** Place of who is marked; -1 for none. */
  marked: number;
  /** What was searched for. */
  search: string;
  /** The answer to an earlier search. */
  stale: boolean;
  choose: (person: Person) => void;
}

/** The list of who matches. */
export function options(
  lang: string,
  people: readonly Person[],
  { marked, search, stale, choose }: Listed,
): TemplateResult {
  return html`<ul
    id="options"
    class=${stale ? 'stale' : ''}
    role="listbox"
    aria-label=${translate(lang, 'users.label')}
  >
    ${people.map((person, place) => option(person, `option-${place}`, place === marked, search, () => choose(person)))}
  </ul>`;
}

/** What stands there while they are on their way. */
export const bones = [0, 1, 2].map(
  () => html`<div class="option"><span class="avatar bone"></span><span class="bone"></span></div>`,
);
