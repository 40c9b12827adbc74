import { html, nothing, type TemplateResult } from 'lit';
import { roles, type BulkOutcome, type User } from '../../contract/index.js';
import { bulkUsersOptions, type BulkInput } from '../../data/index.js';
import { perform } from '../../kit/action.js';
import type { InlayElement } from '../../kit/element.js';
import { InlayBeforeActionEvent } from '../../kit/events.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import * as icons from '../../kit/icons.js';
import { IdentityWatch } from '../../kit/identity-watch.js';
import type { People } from './local-people.js';
import type { Menu } from './menu.js';
import type { Question } from './question.js';
import type { Selection } from './selection.js';

/** What the bar has to know of the list. */
export interface Listed {
  lang: string;
  /** The page holds the people: it is told what to do, and nothing is sent. */
  local: boolean;
  people: People | undefined;
  /** People on a page. */
  pageSize: number;
  /** Who matches. */
  filter: BulkInput['filter'];
  viewerId: string | undefined;
}

type Job = Pick<BulkInput, 'action' | 'value'>;

/** What is done with all who are selected: the bar below the list, its progress and its outcome. */
export class Bulk {
  private running: { done: number; total: number; stop: AbortController } | undefined;
  private failed:
    { job: Job; of: number; outcomes: BulkOutcome[]; rows: readonly User[] } | undefined;

  constructor(
    private readonly host: InlayElement,
    private readonly selection: Selection,
    private readonly menu: Menu,
    private readonly question: Question,
    private readonly listed: () => Listed,
  ) {
    new IdentityWatch(host, () => (this.failed = undefined));
  }

  get isOpen(): boolean {
    return this.selection.size > 0 || Boolean(this.running ?? this.failed);
  }

  private t(key: MessageKey, values?: Record<string, string | number>): string {
    return translate(this.listed().lang, key, values);
  }

  private async run(job: Job, ids?: readonly string[]): Promise<void> {
    const { selection, host } = this;
    const { local, people, filter } = this.listed();
    const { rows = [] } = people ?? {};
    // Of all who match only the page's own are all here.
    const selected = selection.everyone ? local && rows.map(({ id }) => id) : [...selection.ids];
    const named = ids ?? (selected || undefined);
    const total = named?.length ?? selection.size;
    // All may have been deleted by others while it was asked for.
    if (total === 0) return;
    const input = { ...job, ...(named ? { ids: named } : { filter }) };
    if (local) {
      host.dispatchEvent(new InlayBeforeActionEvent('users.bulk', input));
      return;
    }
    const stop = new AbortController();
    this.failed = undefined;
    this.running = { done: 0, total, stop };
    host.requestUpdate();
    const done = await perform(host, 'users.bulk', bulkUsersOptions, {
      ...input,
      signal: stop.signal,
      onProgress: ({ done }) => {
        this.running = { done, total, stop };
        host.requestUpdate();
      },
    });
    this.running = undefined;
    host.requestUpdate();
    if (!done) return;
    const { results } = done.result;
    const outcomes = results.filter(({ ok }) => !ok);
    if (outcomes.length > 0) this.failed = { job, of: results.length, outcomes, rows };
    // Who is selected by now may be others; those it failed for are in the outcome, to try again.
    if (selection.everyone) selection.set([]);
    else selection.drop(results.map(({ id }) => id));
  }

  private choose(event: Event, action: 'role' | 'status', values: readonly string[]): void {
    const anchor = event.currentTarget as HTMLElement;
    this.menu.open(
      anchor,
      this.t(`users.${action}`),
      values.map((value) => ({
        label: this.t(`${action}.${value}` as MessageKey),
        act: () => this.change({ action, value: value as User['role'] }),
      })),
    );
  }

  /** Asks first where it concerns more than can be seen at once, or one's own rights. */
  private change(job: Job): void {
    const { everyone, ids, size: count } = this.selection;
    const { pageSize, viewerId = '' } = this.listed();
    const isOwn = job.action === 'role' && ids.has(viewerId);
    const act = () => void this.run(job);
    if (!everyone && !isOwn && count <= pageSize) return act();
    const value = this.t(`${job.action}.${job.value}` as MessageKey);
    this.question.ask({
      title: this.t('bulk.changeAll', { count, value }),
      text: this.t(isOwn ? 'users.changeOwnHint' : 'bulk.changeHint'),
      submit: this.t('action.change'),
      act,
    });
  }

  private delete(): void {
    const { size: count } = this.selection;
    const act = () => void this.run({ action: 'delete' });
    if (count === 1) return act();
    this.question.ask({
      title: this.t('bulk.deleteAll', { count }),
      text: this.t('bulk.deleteHint'),
      submit: this.t('users.deleteSelected'),
      danger: true,
      act,
    });
  }

  private tellDetails({ job, of, outcomes, rows }: NonNullable<Bulk['failed']>): void {
    const ids = outcomes.map(({ id }) => id);
    this.question.ask({
      title: this.t('bulk.notDone', { count: ids.length, total: of }),
      submit: this.t('action.retry'),
      text: html`<ul class="outcomes">
        ${outcomes.map(
          ({ id, detail, code }) =>
            html`<li>
              <b dir="auto">${rows.find((row) => row.id === id)?.name ?? id}</b> ${detail ?? code}
            </li>`,
        )}
      </ul>`,
      act: () => void this.run(job, ids),
    });
  }

  render(): TemplateResult | typeof nothing {
    const { running, failed, selection } = this;
    const content = running
      ? this.progress(running)
      : selection.size > 0
        ? this.choices()
        : failed && this.outcome(failed);
    if (!content) return nothing;
    return html`<div part="bulk" class="bulk" role="region" aria-label=${this.t('bulk.label')}>
      ${content}
    </div>`;
  }

  private progress({ done, total, stop }: NonNullable<Bulk['running']>): TemplateResult {
    return html`<span role="status">${this.t('bulk.progress', { done, total })}</span>
      <progress max=${total} .value=${done} aria-label=${this.t('bulk.label')}></progress>
      <button class="button" type="button" @click=${() => stop.abort()}>
        ${this.t('form.cancel')}
      </button>`;
  }

  private outcome(failed: NonNullable<Bulk['failed']>): TemplateResult {
    return html`<span role="alert"
        >${this.t('bulk.notDone', { count: failed.outcomes.length, total: failed.of })}</span
      >
      <button class="button" type="button" @click=${() => this.tellDetails(failed)}>
        ${this.t('bulk.details')}
      </button>
      ${this.closer('action.dismiss', () => (this.failed = undefined))}`;
  }

  private choices(): TemplateResult {
    const { selection } = this;
    const { people } = this.listed();
    const count = selection.size;
    return html`<span role="status">${this.t('bulk.selected', { count })}</span>
      ${
        people && !selection.everyone && count < people.total && selection.isAllLoaded
          ? html`<button
              class="button quiet"
              type="button"
              @click=${() => selection.set(selection.ids, true)}
            >
              ${this.t('bulk.selectAll', { count: people.total })}
            </button>`
          : nothing
      }
      <button
        class="button"
        type="button"
        aria-haspopup="menu"
        @click=${(event: Event) => this.choose(event, 'role', roles)}
      >
        ${this.t('users.role')}
      </button>
      <button
        class="button"
        type="button"
        aria-haspopup="menu"
        @click=${(event: Event) => this.choose(event, 'status', ['active', 'suspended'])}
      >
        ${this.t('users.status')}
      </button>
      <button class="button" type="button" @click=${() => this.delete()}>
        ${this.t('users.deleteSelected')}
      </button>
      ${this.closer('bulk.clear', () => selection.set([]))}`;
  }

  private closer(label: MessageKey, act: () => void): TemplateResult {
    return html`<button
      class="icon"
      type="button"
      aria-label=${this.t(label)}
      @click=${() => {
        act();
        this.host.requestUpdate();
      }}
    >
      ${icons.close}
    </button>`;
  }
}
