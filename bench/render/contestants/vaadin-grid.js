// @vaadin/grid, with its columns' renderers.
import '@vaadin/grid/vaadin-grid.js';
import { ArrayList } from '../array-list.js';
import {
  avatarElement,
  badgeElement,
  buttonElement,
  cellStyles,
  dateOf,
  element,
  headings,
  once,
} from '../cells.js';

/** Fills a cell with an element, anew whenever the grid asks for it. */
const drawn =
  (make) =>
  (cell, _column, { item }) =>
    cell.replaceChildren(make(item));
const said =
  (text) =>
  (cell, _column, { item }) => {
    cell.textContent = text(item);
  };
const renderers = [
  drawn(avatarElement),
  said(({ name }) => name),
  said(({ email }) => email),
  drawn(badgeElement),
  said(dateOf),
  drawn(buttonElement),
];
const widths = ['66px', '', '', '124px', '124px', '66px'];

export class Contestant extends ArrayList {
  mount(place, people) {
    place.append(
      element(
        'style',
        '',
        `${cellStyles}
        vaadin-grid { block-size: 720px }
        vaadin-grid::part(body-cell) { block-size: 48px; min-block-size: 48px; padding-block: 0 }
        vaadin-grid-cell-content { padding-block: 0 }`,
      ),
    );
    this.grid = document.createElement('vaadin-grid');
    renderers.forEach((renderer, place) => {
      const column = document.createElement('vaadin-grid-column');
      Object.assign(column, { header: headings[place], renderer });
      if (widths[place]) Object.assign(column, { width: widths[place], flexGrow: 0 });
      this.grid.append(column);
    });
    this.whole = this.grid.items = people;
    this.grid.itemIdPath = 'id';
    place.append(this.grid);
  }

  get scroller() {
    return this.grid.shadowRoot.querySelector('#table');
  }

  // Persons keep their objects here: to tell the grid of other ones, it must read all of them anew.
  content = once(() => this.grid.requestContentUpdate());

  update(index, person) {
    Object.assign(this.whole[index], person);
    this.content();
  }

  show(people) {
    this.grid.items = [...people];
  }

  *lines() {
    for (const line of this.grid.shadowRoot.querySelectorAll('#items tr:not([hidden])')) yield line;
  }

  textOf(line) {
    return [...line.querySelectorAll('slot')]
      .map((slot) =>
        slot
          .assignedElements()
          .map((cell) => cell.textContent)
          .join(''),
      )
      .join(' ');
  }
}
