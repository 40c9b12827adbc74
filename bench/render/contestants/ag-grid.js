// AG Grid Community, with row ids and its asynchronous transactions for updates.
import { AllCommunityModule, createGrid, ModuleRegistry, themeQuartz } from 'ag-grid-community';
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

ModuleRegistry.registerModules([AllCommunityModule]);

const columns = [
  { cellRenderer: ({ data }) => avatarElement(data), width: 66 },
  { colId: 'name', field: 'name', flex: 1.4, comparator: (_a, _b, a, b) => byName(a.data, b.data) },
  { field: 'email', flex: 1.2 },
  { field: 'role', cellRenderer: ({ data }) => badgeElement(data), width: 124 },
  { field: 'createdAt', valueFormatter: ({ data }) => dateOf(data), width: 124 },
  { cellRenderer: ({ data }) => buttonElement(data), width: 66 },
].map((column, place) => ({ headerName: headings[place], ...column }));

export class Contestant {
  text = '';

  mount(place, people) {
    place.append(element('style', '', cellStyles));
    this.box = place.appendChild(document.createElement('div'));
    this.box.style.blockSize = '720px';
    this.grid = createGrid(this.box, {
      theme: themeQuartz,
      columnDefs: columns,
      rowData: people,
      rowHeight: 48,
      headerHeight: 38,
      getRowId: ({ data }) => data.id,
      isExternalFilterPresent: () => this.text !== '',
      doesExternalFilterPass: ({ data }) => matches(this.text)(data),
      animateRows: false,
    });
  }

  get scroller() {
    return this.box.querySelector('.ag-grid-viewport, .ag-body-viewport');
  }

  update(_index, person) {
    this.grid.applyTransactionAsync({ update: [person] });
  }

  insert(person) {
    this.grid.applyTransactionAsync({ add: [person], addIndex: 0 });
  }

  remove(ids) {
    this.grid.applyTransaction({ remove: [...ids].map((id) => ({ id })) });
  }

  sort() {
    this.grid.applyColumnState({ state: [{ colId: 'name', sort: 'asc' }] });
  }

  filter(text) {
    this.text = text;
    this.grid.onFilterChanged();
  }

  unsort() {
    this.text = '';
    this.grid.applyColumnState({ state: [{ colId: 'name', sort: null }] });
    this.grid.onFilterChanged();
  }

  lines() {
    return this.box.querySelectorAll('[role="row"].ag-row');
  }
}
