// @tanstack/lit-virtual with measured heights, and the same article.
import { VirtualizerController } from '@tanstack/lit-virtual';
import { html, LitElement, unsafeCSS } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { styleMap } from 'lit/directives/style-map.js';
import { styles } from '../article.js';

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

class TanstackFeed extends LitElement {
  static styles = unsafeCSS(styles);
  static properties = { items: {} };
  scroller = createRef();
  virtual = new VirtualizerController(this, {
    getScrollElement: () => this.scroller.value ?? null,
    count: 0,
    estimateSize: () => 90,
    overscan: 6,
    getItemKey: (index) => this.items[index].id,
  });

  willUpdate(changed) {
    if (!changed.has('items')) return;
    const virtualizer = this.virtual.getVirtualizer();
    virtualizer.setOptions({
      ...virtualizer.options,
      count: this.items.length,
      getItemKey: (index) => this.items[index].id,
    });
  }

  /** Not by a `ref`: rows would be measured before they stand in the page, and be of no height. */
  updated() {
    const virtualizer = this.virtual.getVirtualizer();
    for (const article of this.renderRoot.querySelectorAll('article'))
      virtualizer.measureElement(article);
  }

  render() {
    const virtualizer = this.virtual.getVirtualizer();
    const virtual = virtualizer.getVirtualItems();
    return html`<div class="scroller" ${ref(this.scroller)}>
      <div
        style=${styleMap({ blockSize: `${virtualizer.getTotalSize()}px`, position: 'relative' })}
      >
        <div
          class="rows"
          style=${styleMap({ position: 'absolute', inset: '0 0 auto', transform: `translateY(${virtual[0]?.start ?? 0}px)` })}
        >
          ${repeat(
            virtual,
            ({ key }) => key,
            ({ index }) => {
              const item = this.items[index];
              return html`<article tabindex="0" data-index=${index}>
                <div class="mark">${item.type[0]}</div>
                <div class="title">${item.title}</div>
                <div class="message">${item.message}</div>
                <div class="meta"><time>${format.format(new Date(item.createdAt))}</time></div>
                <div class="acts">
                  <button aria-label=${item.title}>✓</button
                  ><button aria-label=${item.title}>⏲</button
                  ><button aria-label=${item.title}>×</button>
                </div>
              </article>`;
            },
          )}
        </div>
      </div>
    </div>`;
  }
}
customElements.define('tanstack-feed', TanstackFeed);

export class Contestant {
  async mount(place, items) {
    this.feed = document.createElement('tanstack-feed');
    this.feed.items = items;
    place.append(this.feed);
    await this.feed.updateComplete;
  }

  get scroller() {
    return this.feed.renderRoot.querySelector('.scroller');
  }

  insert(item) {
    this.feed.items = [item, ...this.feed.items];
  }

  articles() {
    return [...this.feed.renderRoot.querySelectorAll('article')];
  }
}
