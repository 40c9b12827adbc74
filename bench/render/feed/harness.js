// In the page: drives one contestant, and compares the notifications on screen with what they should be.
import { makeNotification, makeNotifications } from './notifications.js';

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

const whenIdle = globalThis.requestIdleCallback;
/** What waits for the browser to be idle, while that is held back. */
let idle;
globalThis.requestIdleCallback = (work) => (idle ? idle.push(work) : whenIdle(work));

export function drive(Contestant) {
  const place = document.querySelector('#place');
  let feed;
  let items = [];
  let added = 0;
  let direction = 1;

  /** What is wrong with what is on screen, or nothing: notifications in their order, without a gap. */
  function wrong() {
    const box = feed.scroller.getBoundingClientRect();
    const seen = feed
      .articles()
      .map((article) => ({ article, rect: article.getBoundingClientRect() }))
      .filter(({ rect }) => rect.bottom > box.top + 1 && rect.top < box.bottom - 1)
      .sort((a, b) => a.rect.top - b.rect.top);
    if (seen.length === 0) return 'nothing is drawn';
    const numbers = seen.map(({ article }) =>
      Number(/Notification (-?\d+)/.exec(article.textContent)[1]),
    );
    const start = items.findIndex(({ title }) => title === `Notification ${numbers[0]}`);
    for (const [at, number] of numbers.entries()) {
      const item = items[start + at];
      if (item?.title !== `Notification ${number}`)
        return `${number} stands where ${item?.title} should`;
      if (!seen[at].article.textContent.includes(item.message))
        return `${number} has another message`;
      // A heading of a day may stand between two.
      const gap = at > 0 ? seen[at].rect.top - seen[at - 1].rect.bottom : 0;
      if (gap < -2 || gap > 60) return `${number} is ${gap} pixels below the one before`;
    }
    const isFirst = start === 0;
    if (!isFirst && seen[0].rect.top > box.top + 60) return 'nothing is drawn at the top';
    const isLast = start + seen.length === items.length;
    if (!isLast && seen.at(-1).rect.bottom < box.bottom - 60)
      return 'nothing is drawn at the bottom';
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
    const { scroller } = feed;
    const end = scroller.scrollHeight - scroller.clientHeight;
    if (direction * step + scroller.scrollTop > end || direction * step + scroller.scrollTop < 0)
      direction *= -1;
    scroller.scrollTop += direction * step;
  }

  return {
    wrong,
    prepare(count) {
      items = makeNotifications(count);
    },
    async paint() {
      feed = new Contestant();
      await feed.mount(place, [...items]);
    },
    /** A browser that is never idle, for what is drawn before it is. */
    hold() {
      idle = [];
    },
    release() {
      const held = idle;
      idle = undefined;
      held.forEach((work) => whenIdle(work));
    },
    clear: () => place.replaceChildren(),
    scroll: (step, frames) => each(frames, () => scrollBy(step)),
    /** How many of these frames, as painted, show something wrong or nothing. */
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
    top() {
      feed.scroller.scrollTop = 0;
    },
    insertEachFrame: (count) =>
      each(count, () => {
        const item = makeNotification(-(added += 1));
        items = [item, ...items];
        feed.insert(item);
      }),
  };
}
