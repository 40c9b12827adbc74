// The window of <user-list> by itself, with the cells that everybody draws.
import { css, html, LitElement, render, unsafeCSS } from 'lit';
import { RowWindow, rowWindowStyles } from 'inlay/kit/row-window.js';
import { ArrayList } from '../array-list.js';
import { cellStyles, dateOf, headings, initialsOf, styles } from '../cells.js';

const row = (person) =>
  html`<div class="cell" role="cell"><span class="avatar">${initialsOf(person)}</span></div>
    <div class="cell" role="cell">${person.name}</div>
    <div class="cell" role="cell">${person.email}</div>
    <div class="cell" role="cell"><span class="badge">${person.role}</span></div>
    <div class="cell" role="cell">${dateOf(person)}</div>
    <div class="cell" role="cell"><button aria-label="Delete ${person.name}">×</button></div>`;

class RowProbe extends LitElement {
  static styles = [unsafeCSS(styles), unsafeCSS(cellStyles), rowWindowStyles, css``];
  static properties = { people: {} };
  window = new RowWindow(this, {
    rowAt: (index) => this.people[index],
    keyOf: ({ id }) => id,
    draw: (line, person) => render(row(person), line),
  });

  render() {
    return html`<div class="scroller">
      <div class="head">${headings.map((text) => html`<div>${text}</div>`)}</div>
      <div class="rows"></div>
    </div>`;
  }

  updated() {
    const [scroller, rows] = this.renderRoot.querySelectorAll('.scroller, .rows');
    this.window.update({ scroller, rows, count: this.people.length, given: [] });
  }
}
customElements.define('row-probe', RowProbe);

export class Contestant extends ArrayList {
  mount(place, people) {
    this.probe = document.createElement('row-probe');
    this.whole = this.probe.people = people;
    place.append(this.probe);
  }

  get scroller() {
    return this.probe.renderRoot.querySelector('.scroller');
  }

  // Lit looks at another array only.
  show(people) {
    this.probe.people = [...people];
  }

  lines() {
    return this.probe.renderRoot.querySelector('.rows').children;
  }
}
