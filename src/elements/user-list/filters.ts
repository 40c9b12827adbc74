import { html, type TemplateResult } from 'lit';
import {
  roles,
  userStatuses,
  type Role,
  type UserSort,
  type UserStatus,
} from '../../contract/index.js';
import { translate, type MessageKey } from '../../kit/i18n.js';

/** Milliseconds of rest after which what was typed is searched for. */
const typingPause = 250;

/** What is shown, and in which order. */
export interface Filters {
  search: string;
  roleFilter: Role | '';
  statusFilter: UserStatus | '';
  sort: UserSort | '';
}

/** The search field and the filters above the list. */
export class FilterBar {
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly apply: (change: Partial<Filters>) => void) {}

  /** Forgets what was typed and not searched for yet. */
  stop(): void {
    clearTimeout(this.typing);
  }

  render(lang: string, { search, roleFilter, statusFilter }: Filters): TemplateResult {
    const label = translate(lang, 'users.search');
    return html`<input
        class="field search"
        type="search"
        aria-label=${label}
        placeholder=${label}
        .value=${search}
        @input=${this.type}
      />
      ${choice(lang, 'role', 'users.allRoles', roles, roleFilter, (roleFilter) =>
        this.apply({ roleFilter }),
      )}
      ${choice(lang, 'status', 'users.allStatuses', userStatuses, statusFilter, (statusFilter) =>
        this.apply({ statusFilter }),
      )}`;
  }

  private readonly type = ({ target }: Event) => {
    this.stop();
    const search = (target as HTMLInputElement).value;
    this.typing = setTimeout(() => this.apply({ search }), typingPause);
  };
}

function choice<W extends string>(
  lang: string,
  family: 'role' | 'status',
  all: MessageKey,
  words: readonly W[],
  chosen: W | '',
  choose: (word: W | '') => void,
): TemplateResult {
  return html`<select
    class="field"
    aria-label=${translate(lang, `users.${family}`)}
    @change=${({ target }: Event) => choose((target as HTMLSelectElement).value as W | '')}
  >
    <option value="" .selected=${!chosen}>${translate(lang, all)}</option>
    ${words.map(
      (word) =>
        html`<option value=${String(word)} .selected=${word === chosen}>
          ${translate(lang, `${family}.${word}` as MessageKey)}
        </option>`,
    )}
  </select>`;
}
