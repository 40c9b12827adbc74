// Tabulator, with its virtual DOM, formatters and its own calls for each change.
import { TabulatorFull } from 'tabulator-tables';
import css from 'tabulator-tables/dist/css/tabulator.min.css?inline';
import {
  avatarElement,
  badgeElement,
  buttonElement,
  cellStyles,
  dateOf,
  element,
  headings,
} from '../cells.js';
import { byName, matches } from '../people.js';

const drawn = (make) => (cell) => make(cell.getData());
const columns = [
  { formatter: drawn(avatarElement), width: 66 },
  { field: 'name', sorter: (_a, _b, a, b) => byName(a.getData(), b.getData()) },
  { field: 'email' },
  { field: 'role', formatter: drawn(badgeElement), width: 124 },
  { field: 'createdAt', formatter: drawn(dateOf), width: 124 },
  { formatter: drawn(buttonElement), width: 66 },
].map((column, place) => ({ title: headings[place], headerSort: false, ...column }));

export class Contestant {
  async mount(place, people) {
    place.append(element('style', '', css + cellStyles + '.tabulator-row { block-size: 48px }'));
    const box = place.appendChild(document.createElement('div'));
    this.box = box;
    this.table = new TabulatorFull(box, {
      data: people,
      columns,
      height: 720,
      rowHeight: 48,
      layout: 'fitColumns',
      index: 'id',
    });
    await new Promise((resolve) => this.table.on('tableBuilt', resolve));
  }

  get scroller() {
    return this.box.querySelector('.tabulator-tableholder');
  }

  update(_index, person) {
    this.table.updateRow(person.id, person);
  }

  added = [];
  insert(person) {
    this.added.unshift(person);
    if (this.added.length > 1) return;
    queueMicrotask(() => this.table.addData(this.added.splice(0), true));
  }

  remove(ids) {
    this.table.deleteRow([...ids]);
  }

  sort() {
    this.table.setSort('name', 'asc');
  }

  filter(text) {
    this.table.setFilter(matches(text));
  }

  unsort() {
    this.table.clearFilter();
    this.table.clearSort();
  }

  lines() {
    return this.box.querySelectorAll('.tabulator-row');
  }
}
