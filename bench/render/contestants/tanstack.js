// @tanstack/lit-virtual, with the cells that everybody draws, keyed by the person.
import { VirtualizerController } from '@tanstack/lit-virtual';
import { html, LitElement, unsafeCSS } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { styleMap } from 'lit/directives/style-map.js';
import { ArrayList } from '../array-list.js';
import { cellStyles, dateOf, headings, initialsOf, styles } from '../cells.js';

class TanstackList extends LitElement {
  static styles = [unsafeCSS(styles), unsafeCSS(cellStyles)];
  static properties = { people: {} };
  scroller = createRef();
  virtual = new VirtualizerController(this, {
    getScrollElement: () => this.scroller.value ?? null,
    count: 0,
    estimateSize: () => 48,
    overscan: 3,
    getItemKey: (index) => this.people[index].id,
  });

  willUpdate(changed) {
    if (!changed.has('people')) return;
    const virtualizer = this.virtual.getVirtualizer();
    virtualizer.setOptions({
      ...virtualizer.options,
      count: this.people.length,
      getItemKey: (index) => this.people[index].id,
    });
  }

  render() {
    const virtualizer = this.virtual.getVirtualizer();
    return html`<div class="scroller" ${ref(this.scroller)}>
      <div class="head">${headings.map((text) => html`<div>${text}</div>`)}</div>
      <div class="rows" style=${styleMap({ blockSize: `${virtualizer.getTotalSize()}px` })}>
        ${repeat(
          virtualizer.getVirtualItems(),
          ({ key }) => key,
          ({ index, start }) => {
            const person = this.people[index];
            return html`<div
              class="row"
              role="row"
              style=${styleMap({ transform: `translateY(${start}px)` })}
            >
              <div class="cell" role="cell"><span class="avatar">${initialsOf(person)}</span></div>
              <div class="cell" role="cell">${person.name}</div>
              <div class="cell" role="cell">${person.email}</div>
              <div class="cell" role="cell"><span class="badge">${person.role}</span></div>
              <div class="cell" role="cell">${dateOf(person)}</div>
              <div class="cell" role="cell">
                <button aria-label="Delete ${person.name}">×</button>
              </div>
            </div>`;
          },
        )}
      </div>
    </div>`;
  }
}
customElements.define('tanstack-list', TanstackList);

export class Contestant extends ArrayList {
  mount(place, people) {
    this.list = document.createElement('tanstack-list');
    this.whole = this.list.people = people;
    place.append(this.list);
  }

  get scroller() {
    return this.list.renderRoot.querySelector('.scroller');
  }

  // Lit looks at another array only.
  show(people) {
    this.list.people = [...people];
  }

  lines() {
    return this.list.renderRoot.querySelector('.rows').children;
  }
}
