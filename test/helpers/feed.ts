import type { Notification } from '../../src/contract/index.js';
import type { NotificationFeed } from '../../src/elements/notification-feed/notification-feed.js';
import '../../src/elements/notification-feed/define.js';
import { all, textOf } from './dom.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

export const articles = (feed: Element) => all(feed, 'article');
export const titles = (feed: Element) => all(feed, 'article .title').map(textOf);

/** Puts a `<notification-feed>` into the page and waits for its notifications. */
export async function mountFeed(stage: Stage, attributes = ''): Promise<NotificationFeed> {
  const feed = stage.mount<NotificationFeed>(
    `<notification-feed ${attributes}></notification-feed>`,
  );
  await until(() => articles(feed).length > 0, 'notifications are shown');
  return feed;
}

/** `{ All: 58, … }` as the filters say. */
export function countsOf(feed: Element): Record<string, number> {
  return Object.fromEntries(
    all(feed, '.tab').map((tab) => {
      const [, name, count] = /^(.*?) (\d+)$/.exec(textOf(tab)) ?? [];
      return [name ?? textOf(tab), Number(count)];
    }),
  );
}

/** Chooses one of the filters. */
export function choose(feed: Element, filter: string): void {
  all(feed, '.tab')
    .find((tab) => textOf(tab).startsWith(filter))!
    .click();
}

export const articleOf = (feed: Element, id: string) =>
  articles(feed).find((article) => article.getAttribute('aria-labelledby') === `title-${id}`);

/** All notifications of the one signed in, newest first, the archived ones left out. */
export async function notificationsOf(stage: Stage): Promise<Notification[]> {
  const { data } = await stage.elsewhere.notifications.list({ limit: 100 });
  return data;
}
