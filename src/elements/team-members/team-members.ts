import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Team, UserSummary } from '../../contract/index.js';
import { sessionOptions, teamOptions } from '../../data/index.js';
import { requireId } from '../../kit/attributes.js';
import { InlaySelectEvent, type ListenFor } from '../../kit/events.js';
import { intl } from '../../kit/i18n.js';
import { avatar, blank } from '../../kit/parts.js';
import { query } from '../../kit/query.js';
import { QueryElement } from '../../kit/query-element.js';
import { drawRows } from '../../kit/rows.js';
import { shared } from '../../kit/styles.js';
import { TeamNews } from './team-news.js';
import { styles } from './team-members.styles.js';

/**
 * Who is in a team, live: who joins, leaves or changes stands out for a few seconds, and
 * screen readers are told.
 *
 * @summary The members of a team, live.
 * @slot header - Beside the team's name.
 * @slot empty - Instead of the text shown when there is no one.
 * @slot error - Instead of the text shown when the team could not be loaded.
 * @slot footer - Below the members.
 * @csspart row - A member.
 * @csspart avatar - A member's picture or initials.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there is no one.
 * @csspart error - The area shown when the team could not be loaded.
 * @cssprop [--inlay-team-members-height=360px] - Height of the scrolled area.
 * @event {InlayLoadEvent} inlay-load - The members arrived.
 * @event {InlaySelectEvent} inlay-select - A member was chosen.
 * @event {InlayErrorEvent} inlay-error - Loading failed.
 */
export class TeamMembers extends QueryElement {
  /** @internal */
  declare addEventListener: ListenFor<UserSummary>;
  static override styles = [shared, styles];
  static override properties = { teamId: { attribute: 'team-id' } };

  /** Which team. Empty: that of who is signed in. */
  teamId = '';

  private readonly news = new TeamNews(this);
  private readonly session = query(this, ({ api }) => sessionOptions(api));
  /** Before it is known which team, the question of that; it stays where somebody is in none. */
  protected override readonly shown = query<object>(this, ({ api }) => {
    const id = this.teamId || this.session.data?.user.teamId;
    return id ? teamOptions(api, id) : sessionOptions(api);
  });

  private get team(): Team | undefined {
    const { data } = this.shown;
    return data && 'members' in data ? (data as Team) : undefined;
  }
  protected override get total(): number {
    return this.team?.members.length ?? 0;
  }

  protected override checkAttributes(): void {
    requireId('team-id', this.teamId);
  }

  protected override update(changed: PropertyValues): void {
    // Not earlier: queries are up to date only now.
    this.news.follow(this.team);
    super.update(changed);
  }

  protected override updated(): void {
    const rows = this.renderRoot.querySelector('.rows');
    if (rows) drawRows(rows, this.news.shown, (member) => this.row(member));
    super.updated();
  }

  protected override bar(): TemplateResult {
    const { team, shown } = this;
    const header = html`<slot name="header"></slot>`;
    // Without a team there is nothing to stand there, but while it may still come.
    if (!team && (shown.data || shown.result?.error || this.problem)) return header;
    return html`<div class="bar">
        ${team ? html`<span class="cut team" dir="auto">${team.name}</span>` : nothing} ${header}
        ${
          team
            ? html`<span class="count fine">${this.t('users.count', { count: this.total })}</span>`
            : nothing
        }
      </div>
      <span class="hidden" role="status">${this.said}</span>`;
  }

  /** What is new in words, of many people only how many. */
  private get said(): string {
    const kinds = ['joined', 'left', 'changed'] as const;
    const sentences = kinds.flatMap((kind) => {
      const names = this.news.names(kind);
      if (names.length === 0) return [];
      const who =
        names.length > 3
          ? this.t('users.count', { count: names.length })
          : intl(Intl.ListFormat, this.language).format(names);
      return `${this.t(`team.${kind}`)}: ${who}.`;
    });
    return sentences.join(' ');
  }

  protected override skeleton(): unknown {
    return Array.from(
      { length: 7 },
      () =>
        html`<div class="row" aria-hidden="true">
          <span class="avatar bone"></span><span class="bone"></span>
        </div>`,
    );
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t(this.team ? 'users.empty' : 'profile.noTeam'));
  }

  protected override content(): TemplateResult {
    return html`<div class="scroller">
      <div class="rows" role="list" aria-label=${this.t('users.label')}></div>
    </div>`;
  }

  private row(member: UserSummary): TemplateResult {
    const kind = this.news.kindOf(member.id);
    return html`<div part="row" class="row line ${kind ? `news ${kind}` : ''}" role="listitem">
      ${avatar(member)}
      <button
        class="text name"
        type="button"
        @click=${() => this.dispatchEvent(new InlaySelectEvent(member))}
      >
        <span class="cut" dir="auto">${member.name}</span>
      </button>
      ${kind ? html`<span class="badge tone fine">${this.t(`team.${kind}`)}</span>` : nothing}
      <span class="badge fine">${this.t(`role.${member.role}`)}</span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'team-members': TeamMembers;
  }
}
