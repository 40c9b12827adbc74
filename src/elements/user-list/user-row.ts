import { html, nothing, type TemplateResult } from 'lit';
import { roles, type Role, type User } from '../../contract/index.js';
import { formatDate, formatDateTime } from '../../kit/format.js';
import { translate } from '../../kit/i18n.js';
import { icons } from '../../kit/icons.js';
import { avatar } from '../../kit/parts.js';

/** What may be done with a person; an action that is left out is not offered. */
export interface RowActions {
  select: () => void;
  /** Answers whether it was done. */
  setRole: ((role: Role) => Promise<boolean>) | undefined;
  remove: (() => void) | undefined;
}

/** One person of the list. */
export function userRow(
  lang: string,
  user: User,
  index: number,
  selected: boolean,
  { select, setRole, remove }: RowActions,
): TemplateResult {
  const { name } = user;
  const choose = async ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    // Refused: the option that the row shows by now is chosen again.
    if (!(await setRole?.(select.value as Role))) select.value = select.dataset['role']!;
  };
  return html`<div
    part="row"
    class="row line"
    role="row"
    aria-rowindex=${index + 2}
    ?data-selected=${selected}
  >
    <div class="who" role="cell">
      ${avatar(user)}
      <button
        class="text cut name"
        type="button"
        dir="auto"
        aria-pressed=${selected}
        @click=${select}
      >
        ${name}
      </button>
    </div>
    <div class="cut email" role="cell" dir="ltr" title=${user.email}>${user.email}</div>
    <div class="role" role="cell">
      ${
        setRole
          ? html`<select
              aria-label=${translate(lang, 'users.roleOf', { name })}
              data-role=${user.role}
              @change=${choose}
            >
              ${roles.map(
                (role) =>
                  html`<option value=${role} .selected=${role === user.role}>
                    ${translate(lang, `role.${role}`)}
                  </option>`,
              )}
            </select>`
          : translate(lang, `role.${user.role}`)
      }
    </div>
    <div class="cut state" role="cell">
      <span class="dot ${user.status}">${translate(lang, `status.${user.status}`)}</span>
    </div>
    <div class="cut joined" role="cell" title=${formatDateTime(lang, user.createdAt)}>
      ${formatDate(lang, user.createdAt)}
    </div>
    <div class="acts" role="cell">
      ${
        remove
          ? html`<button
              class="icon remove"
              type="button"
              aria-label=${translate(lang, 'users.delete', { name })}
              @click=${remove}
            >
              ${icons.trash}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}
