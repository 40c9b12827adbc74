// <notification-feed> of the built package, as a page uses it.
import 'inlay/elements/notification-feed/define.js';

export class Contestant {
  async mount(place, items) {
    this.feed = document.createElement('notification-feed');
    this.feed.style.setProperty('--inlay-notification-feed-height', '720px');
    this.feed.items = items;
    place.append(this.feed);
    await this.feed.updateComplete;
  }

  get scroller() {
    return this.feed.renderRoot.querySelector('#scroller');
  }

  insert(item) {
    this.feed.items = [item, ...this.feed.items];
  }

  articles() {
    return [...this.feed.renderRoot.querySelectorAll('article')];
  }
}
