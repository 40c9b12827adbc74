// <user-list> of the built package, as a page uses it.
import 'inlay/elements/user-list/define.js';
import { ArrayList } from '../array-list.js';

export class Contestant extends ArrayList {
  mount(place, people) {
    this.list = document.createElement('user-list');
    this.list.style.setProperty('--inlay-user-list-height', '720px');
    this.list.style.setProperty('--inlay-user-list-row-height', '48px');
    this.whole = this.list.items = people;
    place.append(this.list);
  }

  get scroller() {
    return this.list.renderRoot.querySelector('.scroller');
  }

  show(people) {
    this.list.items = people;
  }

  sort() {
    this.list.sort = 'name';
  }

  filter(text) {
    this.list.search = text;
  }

  unsort() {
    this.list.sort = '-createdAt';
    this.list.search = '';
  }

  lines() {
    return this.list.renderRoot.querySelector('.rows').children;
  }
}
