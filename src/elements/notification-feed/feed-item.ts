import { html, nothing, type TemplateResult } from 'lit';
import { Href, type Notification } from '../../contract/index.js';
import { formatDateTime, formatDue, formatRelative } from '../../kit/format.js';
import { translate, type MessageKey } from '../../kit/i18n.js';
import { archivePath, checkPath, clockPath, unreadPath } from '../../kit/icons.js';
import { avatar } from '../../kit/parts.js';

export interface FeedItemActions {
  setRead: (read: boolean) => void;
  setArchived: (archived: boolean) => void;
  /** Asks until when; `anchor` is what was pressed. */
  snooze: (anchor: HTMLElement) => void;
  open: (event: Event) => void;
}

/** One notification, below the heading of its day if it begins one. */
export function feedItem(
  lang: string,
  item: Notification,
  now: number,
  day: string | undefined,
  { setRead, setArchived, snooze, open }: FeedItemActions,
): TemplateResult {
  const { title, actor, snoozedUntil } = item;
  const read = item.readAt !== null;
  const archived = item.archivedAt !== null;
  // Again: an API of the page's own is not held to the contract.
  const href = Href.safeParse(item.href).data;
  const label = (key: MessageKey) => translate(lang, key, { title });
  // For the eye only: a feed holds nothing but articles, and each tells its own time.
  const heading = day ? html`<div class="day fine" aria-hidden="true">${day}</div>` : nothing;
  // Without spaces between, which are nodes: a third of all in a row.
  // prettier-ignore
  return html`${heading}<article
      part="item"
      class="item line ${read ? 'read' : 'unread'}"
      tabindex="0"
      aria-labelledby="title-${item.id}"
      aria-describedby="message-${item.id}"
      ><div class="mark">${actor ? avatar(actor) : nothing}<span
        class="kind ${item.type}"
        role="img"
        aria-label=${translate(lang, `type.${item.type}`)}
      ></span></div
      ><div class="title" id="title-${item.id}" dir="auto">${
        href ? html`<a href=${href} @click=${open}>${title}</a>` : title
      }</div
      ><div class="message" id="message-${item.id}" dir="auto">${
        actor ? html`<bdi>${actor.name}</bdi> ` : nothing
      }${item.message}</div
      ><div class="meta fine ${read ? '' : 'dot'}">${
        read ? nothing : html`<span class="hidden">${translate(lang, 'feed.unread')}</span>`
      }<time datetime=${item.createdAt} title=${formatDateTime(lang, item.createdAt)}
        >${formatRelative(lang, item.createdAt, now)}</time>${
        snoozedUntil && !archived
          ? html` <span class="until"><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${clockPath} /></svg> ${translate(lang, 'feed.until', {
              time: formatDue(lang, snoozedUntil, now),
            })}</span>`
          : nothing
      }</div
      ><div class="acts"><button
        class="icon"
        type="button"
        aria-label=${label(read ? 'feed.markUnread' : 'feed.markRead')}
        @click=${() => setRead(!read)}
        ><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${read ? unreadPath : checkPath} /></svg></button>${
        archived
          ? nothing
          : html`<button
              class="icon"
              type="button"
              aria-haspopup="dialog"
              aria-expanded="false"
              aria-label=${label('snooze.label')}
              @click=${({ currentTarget }: Event) => snooze(currentTarget as HTMLElement)}
              ><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${clockPath} /></svg></button>`
      }<button
        class="icon"
        type="button"
        aria-label=${label(archived ? 'feed.unarchive' : 'feed.archive')}
        @click=${() => setArchived(!archived)}
        ><svg viewBox="0 0 24 24" aria-hidden="true"><path d=${archivePath} /></svg></button></div
    ></article>`;
}
