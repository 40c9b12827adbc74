import { html, type TemplateResult } from 'lit';
import type { Project } from '../../contract/index.js';
import { sessionOptions, updateProjectOptions, userProjectsOptions } from '../../data/index.js';
import { perform } from '../../kit/action.js';
import { requireId } from '../../kit/attributes.js';
import { InlaySelectEvent, type ListenFor } from '../../kit/events.js';
import { blank, explain } from '../../kit/parts.js';
import { query } from '../../kit/query.js';
import { QueryElement } from '../../kit/query-element.js';
import { drawRows } from '../../kit/rows.js';
import { shared } from '../../kit/styles.js';
import { projectRow } from './project-row.js';
import { styles } from './project-list.styles.js';

/**
 * A person's projects, live: name, members, status. Their owners and admins rename them
 * in place and set the status, which is shown at once and drawn back when it is refused.
 *
 * @summary A person's projects, live, with rename and status.
 * @slot header - Above the list.
 * @slot empty - Instead of the text shown when there are none.
 * @slot error - Instead of the text shown when the projects could not be loaded.
 * @slot footer - Below the list.
 * @csspart row - A project.
 * @csspart avatar - A member's picture or initials.
 * @csspart notice - The line that tells of a failure.
 * @csspart empty - The area shown when there are none.
 * @csspart error - The area shown when the projects could not be loaded.
 * @cssprop [--inlay-project-list-height=360px] - Height of the scrolled area.
 * @event {InlayLoadEvent} inlay-load - The projects arrived.
 * @event {InlaySelectEvent} inlay-select - A project was chosen.
 * @event {InlayBeforeActionEvent} inlay-before-action - A write is about to go out; may be cancelled.
 * @event {InlayErrorEvent} inlay-error - Loading or a write failed.
 */
export class ProjectList extends QueryElement {
  /** @internal */
  declare addEventListener: ListenFor<Project>;
  static override styles = [shared, styles];
  static override properties = {
    userId: { attribute: 'user-id' },
    renaming: { state: true },
  };

  /** Whose projects. Empty: those of who is signed in. */
  userId = '';

  /** What is being renamed, to what, and why that was refused. */
  private renaming: { id: string; name: string; error?: string } | undefined;

  private readonly session = query(this, ({ api }) => sessionOptions(api));
  /** Before it is known whose they are, the question of that. */
  protected override readonly shown = query<object>(this, ({ api }) => {
    const id = this.userId || this.session.data?.user.id;
    return id ? userProjectsOptions(api, id) : sessionOptions(api);
  });

  private get projects(): readonly Project[] {
    return (this.shown.data as { data?: Project[] } | undefined)?.data ?? [];
  }
  protected override get total(): number {
    return this.projects.length;
  }

  private mayChange({ ownerId }: Project): boolean {
    const viewer = this.session.data?.user;
    return viewer?.id === ownerId || viewer?.role === 'admin';
  }

  private async edit({ id, name }: Project, error?: string): Promise<void> {
    this.renaming = { id, name, ...(error && { error }) };
    await this.updateComplete;
    // Who is at something else by now is not called back.
    const { activeElement, body } = document;
    if (error && activeElement !== body && !this.matches(':focus-within')) return;
    const input = this.renderRoot.querySelector('input');
    input?.focus();
    input?.select();
  }

  /** Closes the field; the focus that was in it goes to the button that opened it. */
  private async close(): Promise<void> {
    const row = this.shadowRoot?.activeElement?.closest('.row');
    this.renaming = undefined;
    await this.updateComplete;
    if (!this.shadowRoot?.activeElement) row?.querySelector<HTMLElement>('.rename')?.focus();
  }

  private async rename(project: Project): Promise<void> {
    const name = this.renaming?.name.trim();
    if (name === undefined) return;
    if (!name) {
      this.renaming = { id: project.id, name, error: this.t('form.required') };
      return;
    }
    await this.close();
    if (name === project.name) return;
    const refused = (error: Error) => {
      const { fieldErrors } = error as { fieldErrors?: Record<string, string[]> };
      const wrong = fieldErrors?.['name']?.join(' ') ?? explain(this.language, error);
      void this.edit({ ...project, name }, wrong);
    };
    // What is renamed by then keeps its field.
    const isFree = () => !this.renaming;
    const input = { id: project.id, name };
    await perform(this, 'projects.update', updateProjectOptions, input, refused, isFree);
  }

  private setStatus({ id }: Project, status: Project['status']): Promise<unknown> {
    return perform(this, 'projects.update', updateProjectOptions, { id, status });
  }

  protected override checkAttributes(): void {
    requireId('user-id', this.userId);
  }

  protected override updated(): void {
    const rows = this.renderRoot.querySelector('.rows');
    if (rows) drawRows(rows, this.projects, (project) => this.row(project));
    super.updated();
  }

  protected override skeleton(): unknown {
    return Array.from(
      { length: 7 },
      () =>
        html`<div class="row" aria-hidden="true">
          <span class="bone"></span><span class="bone"></span>
        </div>`,
    );
  }

  protected override empty(): TemplateResult {
    return blank('empty', this.t('profile.noProjects'));
  }

  protected override content(): TemplateResult {
    return html`<div class="scroller">
      <div class="rows" role="list" aria-label=${this.t('profile.projects')}></div>
    </div>`;
  }

  private row(project: Project): TemplateResult {
    const { renaming } = this;
    return projectRow(this.language, project, {
      select: () => this.dispatchEvent(new InlaySelectEvent(project)),
      change: this.mayChange(project)
        ? {
            field:
              renaming?.id === project.id
                ? {
                    ...renaming,
                    set: (name) => {
                      this.renaming = { id: project.id, name };
                    },
                    save: () => this.rename(project),
                    cancel: () => this.close(),
                  }
                : undefined,
            rename: () => this.edit(project),
            setStatus: (status) => this.setStatus(project, status),
          }
        : undefined,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'project-list': ProjectList;
  }
}
