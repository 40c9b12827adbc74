import { html, nothing, type TemplateResult } from 'lit';
import type { PublicUser, User } from '../../contract/index.js';
import { formatDate, formatDateTime, formatRelative } from '../../kit/format.js';
import { translate } from '../../kit/i18n.js';

export type Person = User | PublicUser;

/** With all that only some may see. */
export const isWhole = (person: Person | undefined): person is User =>
  person !== undefined && 'email' in person;

interface CardParts {
  /** Undefined while they are on their way: bones of the same size are drawn. */
  person: Person | undefined;
  /** Whether the reader sees more than the public, which says how large the bones are. */
  whole: boolean;
  picture: unknown;
  actions: unknown;
  /** Below the name. */
  panel: unknown;
  /** In place of the details, while they are edited. */
  form: unknown;
  lists: unknown;
}

const bone = html`<span class="bone"></span>`;

/** A person: picture and name, details or the form that changes them, projects and team. */
export function card(lang: string, parts: CardParts): TemplateResult {
  const { person, whole, picture, actions, panel, form, lists } = parts;
  return html`<div class="top">
      ${picture}
      <div class="who">
        ${person ? html`<h2 dir="auto">${person.name}</h2>` : html`<div class="name">${bone}</div>`}
        <div class="sub">${isWhole(person) ? standing(lang, person) : person ? nothing : bone}</div>
      </div>
      <div class="acts"><slot name="header"></slot>${actions}</div>
    </div>
    ${panel}
    ${
      isWhole(person) && person.status === 'suspended'
        ? html`<p class="note">${translate(lang, 'profile.suspended')}</p>`
        : nothing
    }
    ${form ?? details(lang, person, whole)}
    <div class="lists">${lists}</div>`;
}

const standing = (lang: string, { role, status }: User) =>
  html`${translate(lang, `role.${role}`)}
    <span class="dot ${status}">${translate(lang, `status.${status}`)}</span>`;

function details(lang: string, person: Person | undefined, whole: boolean): TemplateResult {
  const user = isWhole(person) ? person : undefined;
  const row = (label: string, value: unknown) =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value ?? bone}</dd>
    </div>`;
  const { lastActiveAt } = user ?? {};
  return html`<dl part="details" class="details">
    ${
      whole
        ? row(translate(lang, 'users.email'), user && html`<bdi dir="ltr">${user.email}</bdi>`)
        : nothing
    }
    ${row(
      translate(lang, 'users.joined'),
      person &&
        html`<span title=${formatDateTime(lang, person.createdAt)}
          >${formatDate(lang, person.createdAt)}</span
        >`,
    )}
    ${
      whole
        ? row(
            translate(lang, 'users.lastActive'),
            lastActiveAt
              ? html`<span title=${formatDateTime(lang, lastActiveAt)}
                  >${formatRelative(lang, lastActiveAt, Date.now())}</span
                >`
              : user && translate(lang, 'profile.never'),
          )
        : nothing
    }
  </dl>`;
}
