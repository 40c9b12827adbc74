import { html, type TemplateResult } from 'lit';
import { roles, userStatuses } from '../../contract/index.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import type { Filters } from './filters.js';

/** Milliseconds of rest after which what was typed is searched for. */
const typingPause = 250;

interface Toolbar {
  lang: string;
  filters: Filters;
  /** There is nothing to look for, nor to do. */
  isRefused: boolean;
  /** Undefined while nobody knows: then there is room for the button. */
  mayInvite: boolean | undefined;
  /** From 0 to 1 while people are exported. */
  progress: number | undefined;
  invite(): void;
  /** What more may be done, or while people are exported, not to go on with that. */
  more(anchor: HTMLElement): void;
}

/** What stands above the list: the search field, the filters, and what may be done with all of it. */
export class ToolbarView {
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly apply: (change: Partial<Filters>) => void) {}

  /** Forgets what was typed and not searched for yet. */
  stop(): void {
    clearTimeout(this.typing);
  }

  /** In one template, as each costs a list its first paint. */
  render({ lang, filters, isRefused, mayInvite, progress, invite, more }: Toolbar): TemplateResult {
    const { search, roleFilter, statusFilter } = filters;
    const label = translate(lang, 'users.search');
    const isRunning = progress !== undefined;
    const doing = isRunning
      ? translate(lang, 'export.cancel', { percent: Math.floor(progress * 100) })
      : translate(lang, 'list.more');
    return html`<div class="bar ${isRefused ? 'refused' : ''}">
      <slot name="header"></slot>
      <input
        class="field search"
        type="search"
        aria-label=${label}
        placeholder=${label}
        .value=${search}
        @input=${this.type}
      />
      <select
        class="field"
        aria-label=${translate(lang, 'users.role')}
        @change=${({ target }: Event) => this.apply({ roleFilter: chosenIn<typeof roleFilter>(target) })}
      >
        ${choices(lang, 'role', 'users.allRoles', roles, roleFilter)}
      </select>
      <select
        class="field"
        aria-label=${translate(lang, 'users.status')}
        @change=${({ target }: Event) => this.apply({ statusFilter: chosenIn<typeof statusFilter>(target) })}
      >
        ${choices(lang, 'status', 'users.allStatuses', userStatuses, statusFilter)}
      </select>
      <button
        class="button invite"
        type="button"
        ?hidden=${mayInvite === false}
        ?disabled=${!mayInvite}
        @click=${invite}
      >
        ${translate(lang, 'users.invite')}
      </button>
      <button
        class=${isRunning ? 'button' : 'icon'}
        type="button"
        aria-haspopup=${isRunning ? 'false' : 'menu'}
        aria-label=${doing}
        @click=${({ currentTarget }: Event) => more(currentTarget as HTMLElement)}
      >
        ${isRunning ? doing : '⋯'}
      </button>
      <span id="count" class="count" role="status"></span>
    </div>`;
  }

  private readonly type = ({ target }: Event) => {
    this.stop();
    const search = (target as HTMLInputElement).value;
    this.typing = setTimeout(() => this.apply({ search }), typingPause);
  };
}

const chosenIn = <W extends string>(target: EventTarget | null) =>
  (target as HTMLSelectElement).value as W;

const choices = (
  lang: string,
  family: 'role' | 'status',
  all: MessageKey,
  words: readonly string[],
  chosen: string,
) =>
  ['', ...words].map(
    (word) =>
      html`<option value=${word} .selected=${word === chosen}>
        ${translate(lang, word ? (`${family}.${word}` as MessageKey) : all)}
      </option>`,
  );
