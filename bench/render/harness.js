// In the page: drives one contestant, and compares the rows on screen with what they should be.
import { changePerson, byName, makePeople, makePerson, matches } from './people.js';

const nextFrame = () => new Promise(requestAnimationFrame);
/** The task after a frame, when it has been drawn: there input arrives, between two frames. */
const afterFrame = async () => {
  await nextFrame();
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
};
const rowHeight = 48;

export function drive(Contestant) {
  const place = document.querySelector('#place');
  let list;
  let given;
  /** What the list should hold, apart from what it was given. */
  let people = [];
  let shown = people;
  let added = 0;
  let direction = 1;

  /** What is wrong with the rows on screen, or nothing. */
  function wrong() {
    const { scroller } = list;
    const box = scroller.getBoundingClientRect();
    const lines = [...list.lines()]
      .map((line) => ({
        line,
        top: line.getBoundingClientRect().top,
        bottom: line.getBoundingClientRect().bottom,
      }))
      .filter(({ top, bottom }) => bottom > top && top < box.bottom)
      .sort((a, b) => a.top - b.top);
    // What the first row is at the top of, when nothing is scrolled, is below the head.
    const body = box.top + list.inset;
    const seen = lines.filter(({ bottom }) => bottom > body + 1);
    const first = Math.floor((scroller.scrollTop + 0.5) / rowHeight);
    const rows = shown.slice(
      first,
      Math.ceil((scroller.scrollTop + box.bottom - body - 0.5) / rowHeight),
    );
    for (const [at, person] of rows.entries()) {
      const row = seen[at];
      const where = `row ${first + at}, ${at} from the top`;
      if (!row) return `${where}, is not drawn`;
      const y = body + (first + at) * rowHeight - scroller.scrollTop;
      if (Math.abs(row.top - y) > 2) return `${where}, is at ${row.top} and not at ${y}`;
      const text = list.textOf?.(row.line) ?? row.line.textContent;
      for (const part of [person.name, person.email]) {
        if (!text.includes(part)) return `${where}, says "${text.trim()}" and not ${part}`;
      }
      if (!text.toLowerCase().includes(person.role)) return `${where}, lacks ${person.role}`;
    }
    if (seen.length > rows.length) return `${seen.length} rows are drawn where ${rows.length} are`;
    return undefined;
  }

  async function each(frames, work) {
    let before = performance.now();
    let late = 0;
    for (let frame = 0; frame < frames; frame += 1) {
      await afterFrame();
      const now = performance.now();
      if (now - before > 34) late += 1;
      before = now;
      work(frame);
    }
    await afterFrame();
    return late;
  }

  function scrollBy(step) {
    const { scroller } = list;
    const end = scroller.scrollHeight - scroller.clientHeight;
    if (direction * step + scroller.scrollTop > end || direction * step + scroller.scrollTop < 0)
      direction *= -1;
    scroller.scrollTop += direction * step;
  }

  function insert() {
    const person = makePerson(-(added += 1));
    people.unshift(person);
    list.insert(person);
  }

  return {
    wrong,
    prepare(count) {
      given = makePeople(count);
      people = shown = [...given];
    },
    async paint() {
      list = new Contestant();
      await list.mount(place, given);
    },
    clear: () => place.replaceChildren(),
    /** Where the first row begins. */
    inset() {
      const top = Math.min(...[...list.lines()].map((line) => line.getBoundingClientRect().top));
      list.inset = top - list.scroller.getBoundingClientRect().top;
      return list.inset;
    },
    nodes: () => countNodes(place),
    top() {
      list.scroller.scrollTop = 0;
    },
    scroll: (step, frames) => each(frames, () => scrollBy(step)),
    /** How many of these frames, as painted, show a row that is wrong or none. */
    async watchedScroll(step, frames) {
      let blank = 0;
      let example;
      await each(frames, (frame) => {
        const problem = frame > 0 && wrong();
        if (problem) {
          blank += 1;
          example ??= problem;
        }
        scrollBy(step);
      });
      return { blank, example };
    },
    updates(perSecond, frames) {
      let at = 0;
      return each(frames, (frame) => {
        for (const until = ((frame + 1) * perSecond) / 60; at < until; at += 1) {
          const index = (at * 7919) % people.length;
          const person = changePerson(people[index]);
          people[index] = person;
          list.update(index, { ...person });
        }
      });
    },
    insertAtOnce(count) {
      for (let n = 0; n < count; n += 1) insert();
    },
    insertEachFrame: (count) => each(count, insert),
    remove(count) {
      const ids = new Set(
        people
          .filter((_, index) => index % 7 === 3)
          .slice(0, count)
          .map(({ id }) => id),
      );
      people = shown = people.filter(({ id }) => !ids.has(id));
      list.remove(ids);
    },
    sort() {
      shown = undefined;
      list.sort();
    },
    filter(text) {
      shown = undefined;
      list.filter(text);
    },
    /** What should be seen after `sort` or `filter`; apart, as it costs as much as they do. */
    expect(what, text) {
      shown = what === 'sort' ? people.toSorted(byName) : people.filter(matches(text));
    },
    restore() {
      shown = people;
      list.unsort();
    },
  };
}

function countNodes(root) {
  let count = 0;
  for (const node of root.querySelectorAll('*'))
    count += 1 + (node.shadowRoot ? countNodes(node.shadowRoot) : 0);
  return count;
}
