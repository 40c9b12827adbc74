// Hand-written, for this one list, with nothing that a reader's other tools need: no order in the
// DOM, no focus kept, no numbers of rows. Nobody can do less than that.
import { cellStyles, dateOf, element, headElement, initialsOf, once, styles } from '../cells.js';
import { byName, matches } from '../people.js';

const height = 48;
const overscan = 3;
const all = 200;

const template = document.createElement('template');
template.innerHTML =
  '<div class="row" role="row"><div class="cell" role="cell"><span class="avatar"> </span></div>' +
  '<div class="cell" role="cell"> </div><div class="cell" role="cell"> </div>' +
  '<div class="cell" role="cell"><span class="badge"> </span></div><div class="cell" role="cell"> </div>' +
  '<div class="cell" role="cell"><button>×</button></div></div>';

/** An element of the pool, with the nodes that are written to. */
class Slot {
  element = template.content.firstElementChild.cloneNode(true);
  person;
  index = -1;

  constructor() {
    const [avatar, name, email, role, date, button] = this.element.children;
    this.avatar = avatar.firstChild.firstChild;
    this.name = name.firstChild;
    this.email = email.firstChild;
    this.role = role.firstChild.firstChild;
    this.date = date.firstChild;
    this.button = button.firstChild;
  }

  draw(person) {
    const before = this.person;
    this.person = person;
    this.avatar.data = initialsOf(person);
    if (before?.name !== person.name) {
      this.name.data = person.name;
      this.button.ariaLabel = `Delete ${person.name}`;
    }
    if (before?.email !== person.email) this.email.data = person.email;
    if (before?.role !== person.role) this.role.data = person.role;
    if (before?.createdAt !== person.createdAt) this.date.data = dateOf(person);
  }

  moveTo(index) {
    if (this.index === index) return;
    this.index = index;
    this.element.style.transform = `translateY(${index * height}px)`;
  }
}

export class Contestant {
  slots = new Map();
  whole = [];
  shown = [];

  mount(place, people) {
    place.append(element('style', '', styles + cellStyles));
    this.scroller = element('div', 'scroller');
    this.rows = element('div', 'rows');
    this.scroller.append(headElement(), this.rows);
    place.append(this.scroller);
    this.scroller.addEventListener('scroll', () => this.show(), { passive: true });
    this.view = this.scroller.clientHeight - 38;
    this.whole = people;
    this.shown = people;
    this.show();
  }

  show() {
    const { shown, slots } = this;
    const few = shown.length <= all;
    const top = this.scroller.scrollTop;
    const number = few ? shown.length : Math.ceil(this.view / height) + 1 + 2 * overscan;
    const from = few
      ? 0
      : Math.min(Math.max(0, Math.floor(top / height) - overscan), shown.length - number);
    if (this.from === from && this.drawn === shown) return;
    if (this.drawn !== shown) this.rows.style.blockSize = `${shown.length * height}px`;
    this.from = from;
    this.drawn = shown;
    const wanted = shown.slice(from, from + number);
    const ids = new Set(wanted.map(({ id }) => id));
    const spare = [];
    for (const [id, slot] of slots) {
      if (ids.has(id)) continue;
      slots.delete(id);
      spare.push(slot);
    }
    wanted.forEach((person, place) => {
      let slot = slots.get(person.id);
      if (!slot) {
        slot = spare.pop() ?? new Slot();
        slots.set(person.id, slot);
        if (!slot.element.isConnected) this.rows.append(slot.element);
      }
      if (slot.person !== person) slot.draw(person);
      slot.moveTo(from + place);
    });
    for (const { element } of spare) element.remove();
  }

  folded = once(() => this.show());
  changed = new Map();
  patch = once(() => {
    for (const [id, person] of this.changed) this.slots.get(id)?.draw(person);
    this.changed.clear();
  });

  update(index, person) {
    this.whole[index] = person;
    this.changed.set(person.id, person);
    this.patch();
  }

  insert(person) {
    this.whole.unshift(person);
    this.drawn = undefined;
    this.folded();
  }

  remove(ids) {
    this.whole = this.shown = this.whole.filter(({ id }) => !ids.has(id));
    this.folded();
  }

  sort() {
    this.shown = this.whole.toSorted(byName);
    this.folded();
  }

  filter(text) {
    this.shown = this.whole.filter(matches(text));
    this.folded();
  }

  unsort() {
    this.shown = this.whole;
    this.folded();
  }

  lines() {
    return this.rows.children;
  }
}
