import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import {
  allows,
  endpoints,
  roles,
  userSorts,
  type User,
  type UserSort,
  type Role,
} from '../../contract/index.js';
import {
  deleteUserOptions,
  infiniteUsersOptions,
  sessionOptions,
  updateUserOptions,
} from '../../data/index.js';
import { perform } from '../../kit/action.js';
import { requireOneOf } from '../../kit/attributes.js';
import { InlayChangeEvent, InlaySelectEvent } from '../../kit/events.js';
import { handOnFocus } from '../../kit/focus.js';
import { blank } from '../../kit/parts.js';
import { ListElement } from '../../kit/list-element.js';
import { infiniteQuery, query } from '../../kit/query.js';
import { shared } from '../../kit/styles.js';
import { userRow } from './user-row.js';
import { styles } from './user-list.styles.js';

/** Milliseconds of rest after which what was typed is searched for. */
const typingPause = 250;
const headings = [
  ['name', 'users.name'],
  ['email', 'users.email'],
  ['role', 'users.role'],
  ['', 'users.status'],
  ['createdAt', 'users.joined'],
] as const;

/**
 * A live list of people: search as you type, role filter, sort, infinite scroll,
 * and for those who may, inline role change and delete.
 *
 * @summary A live, searchable, sortable list of people.
 * @slot header - Beside the filters.
 * @slot empty - Instead of the text shown when there is no one.
 * @slot error - Instead of the text shown when the list could not be loaded.
 * @slot footer - Below the list.
 * @csspart row - A person.
 * @csspart avatar - A person's picture or initials.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there is no one.
 * @csspart error - The area shown when the list could not be loaded.
 * @cssprop [--inlay-user-list-height=480px] - Height of the scrolled area.
 * @cssprop [--inlay-user-list-row-height=56px] - Height of a row.
 * @event {InlayLoadEvent} inlay-load - People arrived for the filters in force.
 * @event {InlaySelectEvent} inlay-select - A person was chosen; may be cancelled.
 * @event {InlayChangeEvent} inlay-change - The reader changed search, role or sort.
 * @event {InlayBeforeActionEvent} inlay-before-action - A write is about to go out; may be cancelled.
 * @event {InlayErrorEvent} inlay-error - Loading or a write failed.
 */
export class UserList extends ListElement<User> {
  static override styles = [shared, styles];
  static override properties = {
    ...ListElement.properties,
    search: {},
    roleFilter: { attribute: 'role-filter' },
    sort: {},
    selectedId: { attribute: 'selected-id' },
  };

  /** Text to find in name and e-mail. */
  search = '';
  /** Shows one role only: `user`, `admin` or `moderator`. Empty: all. */
  roleFilter: Role | '' = '';
  /** `name`, `email`, `role`, `createdAt` or `lastActiveAt`, with `-` before it for descending. */
  sort: UserSort = '-createdAt';
  /** Id of the chosen person, or empty. */
  selectedId = '';

  private readonly session = query(this, ({ api }) => sessionOptions(api));
  protected override readonly shown = infiniteQuery(this, ({ api }) => ({
    ...infiniteUsersOptions(api, {
      limit: this.pageSize,
      sort: this.sort,
      search: this.search.trim() || undefined,
      role: this.roleFilter || undefined,
    }),
    enabled: !this.problem,
  }));
  private typing: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.typing);
    super.disconnectedCallback();
  }

  protected override checkAttributes(): void {
    super.checkAttributes();
    requireOneOf('role-filter', this.roleFilter, ['', ...roles]);
    requireOneOf('sort', this.sort.replace('-', ''), userSorts);
  }

  private type(event: Event): void {
    clearTimeout(this.typing);
    const search = (event.target as HTMLInputElement).value;
    this.typing = setTimeout(() => this.filter({ search }), typingPause);
  }

  private filter(change: Partial<Pick<UserList, 'search' | 'roleFilter' | 'sort'>>): void {
    Object.assign(this, change);
    const { search, roleFilter, sort } = this;
    this.dispatchEvent(new InlayChangeEvent({ search, roleFilter, sort }));
  }

  private select(user: User): void {
    if (this.dispatchEvent(new InlaySelectEvent(user))) this.selectedId = user.id;
  }

  private async setRole({ id }: User, role: Role): Promise<boolean> {
    return perform(this, 'users.update', updateUserOptions(this.runtime!.api), { id, role });
  }

  private deleteUser({ id }: User): void {
    void perform(this, 'users.delete', deleteUserOptions(this.runtime!.api), { id });
    void handOnFocus(this, '.body .row');
  }

  protected override bar(): TemplateResult {
    return html`<input
        class="field search"
        type="search"
        aria-label=${this.t('users.search')}
        placeholder=${this.t('users.search')}
        .value=${this.search}
        @input=${this.type}
      />
      <select
        class="field"
        aria-label=${this.t('users.role')}
        @change=${(event: Event) =>
          this.filter({ roleFilter: (event.target as HTMLSelectElement).value as Role | '' })}
      >
        ${(['', ...roles] as const).map(
          (role) =>
            html`<option value=${role} ?selected=${role === this.roleFilter}>
              ${this.t(role ? `role.${role}` : 'users.allRoles')}
            </option>`,
        )}
      </select>
      <span class="count" role="status"
        >${this.shown.data ? this.t('users.count', { count: this.total }) : nothing}</span
      >`;
  }

  protected override skeleton(): unknown {
    return html`<div role="table" aria-label=${this.t('users.label')}>${this.head()}</div>
      ${super.skeleton()}`;
  }

  protected override empty(): TemplateResult {
    if (!this.search && !this.roleFilter) return blank('empty', this.t('users.empty'));
    return blank('empty', this.t('users.none'), {
      label: this.t('action.clear'),
      act: () => this.filter({ search: '', roleFilter: '' }),
    });
  }

  private head(): TemplateResult {
    return html`<div class="row head" role="row">
      ${headings.map(([key, label]) => this.heading(key, this.t(label)))}
      <div role="columnheader"><span class="hidden">${this.t('users.actions')}</span></div>
    </div>`;
  }

  private heading(key: (typeof headings)[number][0], label: string): TemplateResult {
    const descending = this.sort === `-${key}`;
    const sorted = descending || this.sort === key;
    if (!key) return html`<div role="columnheader">${label}</div>`;
    return html`<div
      class="col-${key}"
      role="columnheader"
      aria-sort=${ifDefined(sorted ? (descending ? 'descending' : 'ascending') : undefined)}
    >
      <button
        class="text"
        type="button"
        @click=${() => this.filter({ sort: this.sort === key ? `-${key}` : key })}
      >
        ${label}
        ${sorted ? html`<span aria-hidden="true">${descending ? '↓' : '↑'}</span>` : nothing}
      </button>
    </div>`;
  }

  protected override content(): TemplateResult {
    const { result } = this.shown;
    return html`<div
      id="scroller"
      class="scroller ${result?.isPlaceholderData ? 'stale' : ''}"
      role="table"
      tabindex="0"
      aria-label=${this.t('users.label')}
      aria-rowcount=${this.total + 1}
      aria-busy=${result?.isFetching ?? false}
    >
      <div role="rowgroup">${this.head()}</div>
      <div class="body rows" role="rowgroup"></div>
      ${this.end()}
    </div>`;
  }

  protected override row(user: User, index: number): TemplateResult {
    const viewer = this.session.data?.user ?? null;
    const admin = allows(endpoints.users.delete.access, viewer);
    return userRow(this.language, user, index, user.id === this.selectedId, {
      select: () => this.select(user),
      setRole: admin ? (role) => this.setRole(user, role) : undefined,
      remove: admin && user.id !== viewer?.id ? () => this.deleteUser(user) : undefined,
    });
  }

  protected override bones(): TemplateResult {
    return html`<div class="row" aria-hidden="true">
      <div class="who"><span class="avatar bone"></span><span class="bone"></span></div>
      <span class="bone email"></span>
      <span class="bone"></span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'user-list': UserList;
  }
}
