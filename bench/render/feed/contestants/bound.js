// Hand-written, for this one feed: a window of articles in normal flow, heights as they are
// measured, and nothing for readers: no places, no focus kept, no days, no language.
import { makeArticle, styles } from '../article.js';

const guess = 90;
const margin = 600;

export class Contestant {
  heights = new Map();
  drawn = new Map();

  mount(place, items) {
    const style = document.createElement('style');
    style.textContent = styles;
    this.scroller = document.createElement('div');
    this.scroller.className = 'scroller';
    this.scroller.style.overflowAnchor = 'none';
    this.before = document.createElement('div');
    this.rows = document.createElement('div');
    this.after = document.createElement('div');
    this.scroller.append(this.before, this.rows, this.after);
    place.append(style, this.scroller);
    this.scroller.addEventListener('scroll', () => this.show(), { passive: true });
    this.view = this.scroller.clientHeight;
    this.items = items;
    this.show();
  }

  heightOf(item) {
    return this.heights.get(item) ?? guess;
  }

  show() {
    const { items, scroller, drawn } = this;
    const top = scroller.scrollTop;
    let from = 0;
    let start = 0;
    while (from < items.length && start + this.heightOf(items[from]) < top - margin) {
      start += this.heightOf(items[from]);
      from += 1;
    }
    let to = from;
    let end = start;
    while (to < items.length && end < top + this.view + margin) {
      end += this.heightOf(items[to]);
      to += 1;
    }
    const wanted = items.slice(from, to);
    const stays = new Set(wanted);
    for (const [item, article] of drawn) {
      if (stays.has(item)) continue;
      drawn.delete(item);
      article.remove();
    }
    let at = this.rows.firstChild;
    const fresh = [];
    for (const item of wanted) {
      let article = drawn.get(item);
      if (!article) {
        article = makeArticle(item);
        drawn.set(item, article);
        if (!this.heights.has(item)) fresh.push([item, article]);
      }
      if (article === at) at = at.nextSibling;
      else this.rows.insertBefore(article, at);
    }
    let rest = 0;
    for (let index = to; index < items.length; index += 1) rest += this.heightOf(items[index]);
    this.before.style.blockSize = `${start}px`;
    this.after.style.blockSize = `${rest}px`;
    // What lies above and is measured for the first time must not move what is seen.
    let moved = 0;
    let y = start;
    for (const [item, article] of fresh) {
      const height = article.offsetHeight;
      if (y + height < top) moved += height - guess;
      this.heights.set(item, height);
      y += height;
    }
    if (moved) scroller.scrollTop += moved;
  }

  insert(item) {
    const isAtTop = this.scroller.scrollTop === 0;
    this.items = [item, ...this.items];
    const article = makeArticle(item);
    this.rows.prepend(article);
    this.heights.set(item, article.offsetHeight);
    article.remove();
    this.show();
    if (!isAtTop) this.scroller.scrollTop += this.heights.get(item);
  }

  articles() {
    return [...this.rows.children];
  }
}
