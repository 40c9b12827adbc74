import { html, nothing, type TemplateResult } from 'lit';
import {
  notificationFilters,
  notificationTypes,
  type NotificationCounts,
  type NotificationFilter,
  type NotificationType,
} from '../../contract/index.js';
import { intl, translate } from '../../kit/i18n.js';

export interface FeedBar {
  lang: string;
  filter: NotificationFilter;
  type: NotificationType | '';
  /** Undefined before they are known, and while one type alone is shown: they are of all. */
  counts: NotificationCounts | undefined;
  show: (change: { filter?: NotificationFilter; type?: NotificationType | '' }) => void;
  /** They are of all there are; undefined where others are shown. */
  readAll: (() => void) | undefined;
  archiveRead: (() => void) | undefined;
  openMore: (event: Event) => void;
  /** Undefined where the page holds the notifications. */
  openPreferences: (() => void) | undefined;
}

/** The filters, and what may be done with all. */
export function feedBar(bar: FeedBar): TemplateResult {
  const { lang, counts, filter, type, show } = bar;
  const clear = translate(lang, 'action.clear');
  return html`<fieldset class="tabs">
      <legend class="hidden">${translate(lang, 'feed.filter')}</legend>
      ${notificationFilters.map((each) => tab(bar, each, filter))}
    </fieldset>
    <div class="all">
      ${
        type
          ? html`<button
              class="button"
              type="button"
              aria-label=${clear}
              @click=${() => show({ type: '' })}
            >
              ${notificationTypes.includes(type) ? translate(lang, `type.${type}`) : type}
              <span aria-hidden="true">×</span>
            </button>`
          : nothing
      }
      ${
        bar.readAll
          ? html`<button
              class="button quiet"
              type="button"
              aria-disabled=${!counts?.unread}
              @click=${bar.readAll}
            >
              ${translate(lang, 'feed.readAll')}
            </button>`
          : nothing
      }
      <button
        class="icon"
        type="button"
        aria-haspopup="dialog"
        aria-expanded="false"
        aria-label=${translate(lang, 'feed.more')}
        @click=${bar.openMore}
      >
        ⋯
      </button>
    </div>`;
}

function tab({ lang, counts, type, show }: FeedBar, filter: NotificationFilter, shown: string) {
  const count = type ? undefined : counts?.[filter === 'all' ? 'total' : filter];
  return html`<label class="tab"
    ><input
      type="radio"
      name="filter"
      .checked=${filter === shown}
      @change=${() => show({ filter })}
    />${translate(lang, `feed.${filter}`)}
    <span
      >${count === undefined ? nothing : intl(Intl.NumberFormat, lang).format(count)}</span
    ></label
  >`;
}

/** What is wanted less often. */
export function morePanel(bar: FeedBar): TemplateResult {
  const { lang, type, show, archiveRead, openPreferences } = bar;
  const act = (key: 'feed.archiveRead' | 'feed.preferences', run: (() => void) | undefined) =>
    run
      ? html`<button class="text" type="button" @click=${run}>${translate(lang, key)}</button>`
      : nothing;
  return html`${act('feed.archiveRead', archiveRead)} ${act('feed.preferences', openPreferences)}
    <label class="fine" for="type">${translate(lang, 'feed.type')}</label>
    <select
      id="type"
      class="field"
      @change=${({ target }: Event) =>
        show({ type: (target as HTMLSelectElement).value as NotificationType | '' })}
    >
      <option value="" .selected=${!type}>${translate(lang, 'feed.allTypes')}</option>
      ${notificationTypes.map(
        (each) =>
          html`<option value=${each} .selected=${each === type}>
            ${translate(lang, `type.${each}`)}
          </option>`,
      )}
    </select>`;
}
