import { once } from './cells.js';
import { byName, matches } from './people.js';

/** A list that takes an array, by its `show`: one that has changed is handed over once, at the end of the task. */
export class ArrayList {
  hand = once(() => this.show(this.whole));

  update(index, person) {
    this.whole[index] = person;
    this.hand();
  }

  insert(person) {
    this.whole.unshift(person);
    this.hand();
  }

  remove(ids) {
    this.whole = this.whole.filter(({ id }) => !ids.has(id));
    this.hand();
  }

  sort() {
    this.show(this.whole.toSorted(byName));
  }

  filter(text) {
    this.show(this.whole.filter(matches(text)));
  }

  unsort() {
    this.hand();
  }
}
