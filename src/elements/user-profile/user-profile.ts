import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { allows, endpoints, type User } from '../../contract/index.js';
import { sessionOptions, teamOptions, userOptions, userProjectsOptions } from '../../data/index.js';
import { requireId } from '../../kit/attributes.js';
import { InlayChangeEvent } from '../../kit/events.js';
import { formStyles } from '../../kit/form.styles.js';
import { avatar, blank } from '../../kit/parts.js';
import { QueryElement } from '../../kit/query-element.js';
import { query } from '../../kit/query.js';
import { shared } from '../../kit/styles.js';
import { card, isWhole, type Person } from './card.js';
import { Draft, type ProfileState } from './draft.js';
import { Picture } from './picture.js';
import { related } from './related.js';
import { styles } from './user-profile.styles.js';

/**
 * One person: who they are, their projects and their team, live. Whoever may change them
 * finds a form here, and a way to give them another picture. A draft is never overwritten:
 * when somebody else saves the same fields first, both are shown and the reader decides.
 *
 * @summary A person's profile with an edit form, picture, projects and team.
 * @slot header - Beside the name.
 * @slot empty - Instead of the text shown when there is no such person.
 * @slot error - Instead of the text shown when the person could not be loaded.
 * @slot footer - Below the profile.
 * @csspart avatar - A person's picture or initials.
 * @csspart details - E-mail address and dates.
 * @csspart projects - The person's projects.
 * @csspart team - The person's team.
 * @csspart conflict - What somebody else has changed meanwhile.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there is no such person.
 * @csspart error - The area shown when the person could not be loaded.
 * @cssprop [--inlay-user-profile-list-height=160px] - Height of the lists of projects and members.
 * @cssstate editing - There is a form.
 * @cssstate dirty - There is a draft that leaving would lose.
 * @event {InlayLoadEvent} inlay-load - The person has arrived.
 * @event {InlayChangeEvent} inlay-change - The draft changed; `state` is `{ editing, dirty, changes }`.
 * @event {InlayBeforeLeaveEvent} inlay-before-leave - The page is being left with a draft; the browser asks the reader unless this is cancelled.
 * @event {InlayBeforeActionEvent} inlay-before-action - A write is about to go out; may be cancelled.
 * @event {InlayErrorEvent} inlay-error - Loading or a write failed.
 */
export class UserProfile extends QueryElement {
  static override styles = [shared, formStyles, styles];
  static override properties = {
    userId: { attribute: 'user-id' },
  };

  /** Whose profile; empty: the signed-in person's. */
  userId = '';

  /** What is still held of somebody who is gone. */
  private lost: Person | undefined;
  private toldChanges: ProfileState['changes'] | undefined;
  private readonly picture = new Picture(this, () => this.language);
  private readonly draft = new Draft(this, () => this.language);
  private readonly session = query(this, ({ api }) => sessionOptions(api));
  private readonly person = query(this, ({ api }) => userOptions(api, this.shownId));
  private readonly projects = query(this, ({ api }) => userProjectsOptions(api, this.shownId));
  private readonly team = query(this, ({ api }) => teamOptions(api, this.teamId));

  private get viewer(): User | undefined {
    return this.session.data?.user;
  }
  private get shownId(): string {
    return this.userId || (this.viewer?.id ?? '');
  }
  private get teamId(): string {
    return this.whole?.teamId ?? '';
  }
  /** The person with all that only some may see. */
  private get whole(): User | undefined {
    const { data } = this.person;
    return !this.missing && isWhole(data) ? data : undefined;
  }
  private get missing(): boolean {
    return (this.person.result?.error as { status?: number } | null | undefined)?.status === 404;
  }
  private get mayEdit(): boolean {
    return allows(endpoints.users.update.access, this.viewer ?? null, { id: this.shownId });
  }

  /** Who is signed in decides who is shown: until that is known, it is what is shown. */
  protected override get shown(): QueryElement['shown'] {
    return this.shownId ? this.person : this.session;
  }

  protected override get total(): number {
    return this.missing ? 0 : 1;
  }

  /** Whether there is a draft that leaving would lose. */
  get dirty(): boolean {
    return this.draft.state.dirty;
  }

  override async refresh(): Promise<void> {
    const { projects, team } = this;
    await Promise.all([
      super.refresh(),
      projects.result?.refetch(),
      this.teamId && team.result?.refetch(),
    ]);
  }

  protected override checkAttributes(): void {
    requireId('user-id', this.userId);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('userId')) this.picture.cancel();
    this.draft.follow(this.mayEdit ? this.whole : undefined);
  }

  protected override updated(): void {
    super.updated();
    this.lookAgain();
    const { state } = this.draft;
    const { editing, dirty } = state;
    this.setStates({ dirty, editing });
    const changes = editing ? state.changes : undefined;
    if (changes === this.toldChanges) return;
    this.toldChanges = changes;
    this.dispatchEvent(new InlayChangeEvent(state));
  }

  /** Whoever is gone and heard of again was restored: then only the server knows how they are. */
  private lookAgain(): void {
    const { data, refetch } = this.person.result ?? {};
    const before = this.lost;
    this.lost = this.missing ? data : undefined;
    if (before && this.lost && this.lost !== before) void refetch?.();
  }

  /** The header's place is beside the name. */
  protected override bar(): unknown {
    return nothing;
  }

  protected override body(): TemplateResult {
    return this.missing ? this.empty() : super.body();
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t('profile.missing'));
  }

  protected override skeleton(): TemplateResult {
    return this.card(undefined);
  }

  protected override content(): TemplateResult {
    const { picture, mayEdit } = this;
    const take = mayEdit ? picture.take : undefined;
    return html`<div @dragover=${take} @dragleave=${take} @drop=${take} @paste=${take}>
      ${this.card(this.person.data)}
    </div>`;
  }

  private card(person: Person | undefined): TemplateResult {
    const { language, picture, draft, mayEdit } = this;
    const viewer = this.viewer ?? null;
    const form = draft.render(viewer);
    // As long as nobody knows who is signed in, the larger one has room for both.
    const whole = person
      ? isWhole(person)
      : !viewer || viewer.id === this.shownId || allows('moderator', viewer);
    return card(language, {
      person,
      whole,
      picture: person
        ? picture.show(person, mayEdit, form !== undefined)
        : html`<div class="picture"><span class="avatar bone"></span></div>`,
      actions: mayEdit && isWhole(person) && !form ? this.editButton() : nothing,
      panel: person && picture.panel(person),
      form,
      lists: [this.projectList(), whole ? this.memberList() : nothing],
    });
  }

  private editButton(): TemplateResult {
    return html`<button class="button edit" type="button" @click=${this.draft.begin}>
      ${this.t('profile.edit')}
    </button>`;
  }

  private projectList(): TemplateResult {
    const { data, result } = this.projects;
    return related(this.language, {
      id: 'projects',
      title: this.t('profile.projects'),
      items: data?.data,
      row: ({ name, status }) =>
        html`<span class="cut" dir="auto">${name}</span>
          <span class="dot ${status}">${this.t(`project.${status}`)}</span>`,
      none: this.t('profile.noProjects'),
      error: result?.error,
      retry: () => void result?.refetch(),
    });
  }

  private memberList(): TemplateResult {
    const { data, result } = this.team;
    const none = this.whole && !this.teamId;
    return related(this.language, {
      id: 'team',
      title: html`${this.t('profile.team')} <bdi>${data?.name}</bdi>`,
      items: none ? [] : data?.members,
      row: (member) => html`${avatar(member)}<span class="cut" dir="auto">${member.name}</span>`,
      none: this.t('profile.noTeam'),
      error: result?.error,
      retry: () => void result?.refetch(),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'user-profile': UserProfile;
  }
}
