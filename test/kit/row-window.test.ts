import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { css, html, LitElement, render } from 'lit';
import { RowWindow, rowWindowStyles } from '../../src/kit/row-window.js';
import { watchLeftovers } from '../helpers/leftovers.js';
import { until } from '../helpers/until.js';

interface Person {
  id: string;
  name: string;
}

/** Rows of 40 px in a window of 400, below a head of 30. */
class RowProbe extends LitElement {
  static override styles = [
    rowWindowStyles,
    css`
      .scroller {
        block-size: var(--height, 430px);
        overflow: auto;
      }
      .head {
        position: sticky;
        inset-block-start: 0;
        block-size: 30px;
      }
      .row {
        block-size: var(--row, 40px);
      }
    `,
  ];
  static override properties = { people: {}, count: {}, given: {} };

  people: (Person | undefined)[] | ((index: number) => Person | undefined) = [];
  count: number | undefined;
  given: unknown;
  drawn = 0;
  ranges: [number, number][] = [];
  readonly window = new RowWindow<Person>(this, {
    rowAt: (index) => (typeof this.people === 'function' ? this.people(index) : this.people[index]),
    keyOf: ({ id }) => id,
    draw: (line, row) => {
      this.drawn += 1;
      render(
        row
          ? html`<i>${row.name}</i><button class="a">a</button><button class="b">${row.id}</button>`
          : html`…`,
        line,
      );
    },
    onRange: (first, last) => this.ranges.push([first, last]),
  });

  protected override render() {
    return html`<div class="scroller" tabindex="0">
      <div class="head"></div>
      <div class="rows"></div>
    </div>`;
  }

  protected override updated() {
    this.window.update({
      scroller: this.renderRoot.querySelector('.scroller')!,
      rows: this.renderRoot.querySelector('.rows')!,
      count: this.count ?? (this.people as Person[]).length,
      given: [this.given],
    });
  }
}
customElements.define('row-probe', RowProbe);

const person = (index: number): Person => ({ id: `p${index}`, name: `Person ${index}` });
const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));

describe('row window', () => {
  let probe: RowProbe;
  const scroller = () => probe.renderRoot.querySelector('.scroller')!;
  const lines = () => [...probe.renderRoot.querySelectorAll<HTMLElement>('.row')];

  async function open(set: Partial<RowProbe>): Promise<void> {
    probe = Object.assign(document.createElement('row-probe') as RowProbe, set);
    document.body.append(probe);
    await probe.updateComplete;
  }

  /** What is seen, by the pixel below the head. */
  function seen(): Record<number, string> {
    const box = scroller().getBoundingClientRect();
    return Object.fromEntries(
      lines()
        .map((line) => [line.getBoundingClientRect().top - box.top - 30, line] as const)
        .filter(([top]) => top > -40 && top < 400)
        .map(([top, line]) => [
          Math.round(top * 100) / 100,
          line.querySelector('i')?.textContent ?? '…',
        ]),
    );
  }

  function scrollTo(top: number): void {
    scroller().scrollTop = top;
    scroller().dispatchEvent(new Event('scroll'));
  }

  afterEach(() => probe.remove());

  const active = () => probe.shadowRoot!.activeElement;
  const line = (id: string) => lines().find((each) => each.textContent!.endsWith(id))!;
  const control = (id: string) => line(id).querySelector<HTMLElement>('.b')!;
  const update = (set: Partial<RowProbe>) => {
    probe.drawn = 0;
    return Object.assign(probe, set).updateComplete;
  };

  it('draws few of many, and while scrolling only what comes in', async () => {
    await open({ people: people(100_000) });
    expect(lines().length).to.equal(17);
    expect(seen()).to.include({ 0: 'Person 0', 360: 'Person 9' });
    scrollTo(4_010);
    expect(lines().length).to.equal(17);
    expect(seen()).to.include({ '-10': 'Person 100', 390: 'Person 110' });
    expect(probe.drawn).to.equal(34);
    scrollTo(4_090);
    expect(probe.drawn).to.equal(36);
    expect(probe.ranges).to.deep.equal([
      [0, 12],
      [97, 113],
      [99, 115],
    ]);
  });

  const indexes = () => lines().map((each) => Number(each.ariaRowIndex) - 2);
  const isSorted = () => indexes().every((each, place, all) => each === all[0]! + place);
  const press = () => dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));

  it('has the rows in their order when scrolling rests, and numbered', async () => {
    await open({ people: people(1_000) });
    const made = new Set(lines());
    for (const top of [0, 4_000, 4_120, 3_800, 100, 39_600, 39_400]) {
      scrollTo(top);
      expect(lines().map((each) => probe.window.indexOf(each.lastElementChild!))).to.deep.equal(
        indexes(),
      );
      await until(isSorted, 'the rows are in order');
      expect(lines().every((each) => made.has(each))).to.equal(true);
    }
    expect(seen()).to.include({ 0: 'Person 985' });
  });

  it('moves no row while one scrolls, and puts them in order before a key or a focus', async () => {
    const before = [
      press,
      () => lines()[3]!.focus(),
      () => probe.window.focusIndex(120),
      () => probe.remove(),
    ];
    for (const act of before) {
      await open({ people: people(1_000) });
      scrollTo(4_000);
      await until(isSorted, 'the rows are in order');
      const stood = lines();
      scrollTo(4_120);
      scrollTo(4_240);
      expect(lines()).to.deep.equal(stood);
      expect(isSorted()).to.equal(false);
      await act();
      expect(isSorted()).to.equal(true);
      probe.remove();
    }
  });

  it('shows each of a stream of inserts, and has them in order when that ends', async () => {
    await open({ people: people(1_000) });
    let newest: readonly Person[] = people(1_000);
    for (let n = 0; n < 12; n += 1) {
      newest = [{ id: `new${n}`, name: `New ${n}` }, ...newest];
      await update({ people: [...newest] });
      expect(seen()).to.include({ 0: `New ${n}`, 40: n > 0 ? `New ${n - 1}` : 'Person 0' });
    }
    await until(isSorted, 'they stand in order');
  });

  it('leaves an element to its row', async () => {
    const all = people(1_000);
    await open({ people: all });
    const third = line('p3');
    await update({ people: [person(-1), ...all] });
    expect(line('p3')).to.equal(third);
    expect(third.ariaRowIndex).to.equal('6');
    expect(probe.drawn).to.equal(1);
    expect(seen()).to.include({ 0: 'Person -1', 40: 'Person 0', 160: 'Person 3' });
  });

  it('draws a row anew when it is another object, or when the host says so', async () => {
    const all = people(1_000);
    await open({ people: all, given: 'one' });
    await update({ people: all.with(2, { id: 'p2', name: 'Changed' }).with(500, person(500)) });
    expect(probe.drawn).to.equal(1);
    expect(seen()[80]).to.equal('Changed');
    await update({ given: 'two' });
    expect(probe.drawn).to.equal(17);
  });

  it('has up to 200 rows all in the page', async () => {
    await open({ people: people(200) });
    expect(lines().length).to.equal(200);
    expect(probe.ranges).to.deep.equal([[0, 12]]);
    scrollTo(4_000);
    expect(probe.drawn).to.equal(200);
    expect(probe.ranges.at(-1)).to.deep.equal([97, 112]);
    await update({ people: people(201) });
    expect(lines().length).to.equal(17);
  });

  it('draws what is not loaded as such, and what comes in its place', async () => {
    const all: (Person | undefined)[] = Array.from({ length: 1_000 });
    await open({ people: all });
    expect(seen()).to.include({ 0: '…', 40: '…' });
    const before = lines();
    await update({ people: people(20).concat(all.slice(20) as Person[]) });
    expect(seen()).to.include({ 0: 'Person 0', 40: 'Person 1' });
    expect(lines()).to.deep.equal(before);
    scrollTo(600);
    expect(seen()).to.include({ 160: 'Person 19', 200: '…' });
  });

  it('shows somebody who is twice in pages that overlap', async () => {
    const all = people(1_000);
    await open({ people: [...all.slice(0, 5), ...all.slice(4)] });
    expect(seen()).to.include({ 160: 'Person 4', 200: 'Person 4', 240: 'Person 5' });
  });

  describe('the focus', () => {
    beforeEach(async () => {
      await open({ people: people(1_000) });
      control('p3').focus();
    });

    it('stays in its row wherever one scrolls', () => {
      const focused = active();
      for (const top of [20_000, 20_400, 0, 38_000, 60, 39_600]) {
        scrollTo(top);
        expect(active()).to.equal(focused);
        expect(focused!.textContent).to.equal('p3');
        expect(lines()[Math.min(3, lines().indexOf(line('p3')))]).to.equal(line('p3'));
      }
      expect(lines().length).to.equal(18);
    });

    it('stays in its row through inserts, deletions and another order', async () => {
      const focused = active();
      const all = people(1_000);
      await update({ people: [person(-2), person(-1), ...all] });
      await update({ people: all.slice(2) });
      await update({ people: all.toReversed() });
      expect(active()).to.equal(focused);
      expect(focused!.closest('.row')).to.have.property('ariaRowIndex', '998');
      await update({ people: all });
      expect(active()).to.equal(focused);
      expect(seen()[120]).to.equal('Person 3');
    });

    it('goes on to the same control of the next row when its row is deleted', async () => {
      await update({ people: people(1_000).toSpliced(3, 1) });
      expect(active()).to.equal(control('p4'));
      await update({ people: people(4) });
      expect(active()).to.equal(control('p3'));
    });

    it('goes on when its row is deleted out of sight', async () => {
      scrollTo(20_000);
      await update({ people: people(1_000).toSpliced(3, 1) });
      expect(active()).to.equal(control('p4'));
      expect(seen()[0]).to.equal('Person 500');
    });

    it('stays while its page is not loaded', async () => {
      scrollTo(20_000);
      const all: (Person | undefined)[] = people(1_000);
      await update({ people: all.fill(undefined, 0, 20) });
      expect(active()!.textContent).to.equal('p3');
    });

    it('goes to any row, loaded or not, and stays when that comes', async () => {
      const all: (Person | undefined)[] = people(1_000);
      await update({ people: all.fill(undefined, 20) });
      probe.window.focusIndex(4);
      expect(active()).to.equal(control('p4'));
      probe.window.focusIndex(999);
      expect(active()).to.equal(lines().at(-1));
      expect(seen()[360]).to.equal('…');
      await update({ people: people(1_000) });
      expect(active()).to.equal(line('p999'));
      probe.window.focusIndex(0, (row) => row.querySelector<HTMLElement>('.a'));
      expect(active()).to.equal(line('p0').querySelector('.a'));
      expect(scroller().scrollTop).to.equal(0);
    });

    it('is forgotten by a reset, which goes to the top', async () => {
      scrollTo(20_000);
      (active() as HTMLElement).blur();
      probe.window.reset();
      await update({ people: people(900) });
      expect(seen()[0]).to.equal('Person 0');
      scrollTo(20_000);
      expect(lines().length).to.equal(17);
    });
  });

  describe('what is read', () => {
    const all = people(1_000);
    beforeEach(() => open({ people: all }));

    it('stays in place when rows come and go above it', async () => {
      scrollTo(20_010);
      await update({ people: [person(-2), person(-1), ...all] });
      expect(seen()[-10]).to.equal('Person 500');
      await update({ people: all.slice(100) });
      expect(seen()[-10]).to.equal('Person 500');
      expect(scroller().scrollTop).to.equal(16_010);
      await update({ people: all.slice(100).toSpliced(400, 1) });
      expect(seen()).to.include({ '-10': 'Person 499', 30: 'Person 501' });
    });

    it('moves at the top, where new rows show', async () => {
      await update({ people: [person(-1), ...all] });
      expect(seen()[0]).to.equal('Person -1');
    });

    it('stays when the rows or the window change their size', async () => {
      scrollTo(20_000);
      probe.style.setProperty('--row', '50px');
      await until(() => seen()[50] === 'Person 501', 'the rows have grown');
      expect(seen()[0]).to.equal('Person 500');
      probe.style.setProperty('--height', '830px');
      await until(() => lines().length === 23, 'there are more');
      expect(seen()[0]).to.equal('Person 500');
    });

    it('stays when the element is moved', async () => {
      scrollTo(20_000);
      document.body.prepend(probe);
      await probe.updateComplete;
      expect(seen()[0]).to.equal('Person 500');
      scrollTo(22_000);
      expect(seen()[0]).to.equal('Person 550');
    });

    it('is drawn when it comes in sight', async () => {
      probe.remove();
      await open({ people: all, style: 'display: none' as unknown as CSSStyleDeclaration });
      probe.style.display = 'block';
      await until(() => seen()[360] === 'Person 9', 'it is drawn');
      expect(lines().length).to.equal(17);
    });
  });

  describe('a million rows', () => {
    beforeEach(() => open({ people: person, count: 1_000_000 }));

    it('reach both ends, and every row between to the pixel', () => {
      scrollTo(1e9);
      expect(seen()).to.include({ 0: 'Person 999990', 360: 'Person 999999' });
      scrollTo(scroller().scrollTop - 45);
      expect(seen()).to.include({ 5: 'Person 999989', 365: 'Person 999998' });
      scrollTo(0);
      expect(seen()).to.include({ 0: 'Person 0' });
      for (const index of [30_000, 300_000, 500_000, 999_000]) {
        probe.window.scrollToIndex(index, 'start');
        expect(seen()[0]).to.equal(`Person ${index}`);
        scrollTo(scroller().scrollTop + 130);
        expect(seen()[-10]).to.equal(`Person ${index + 3}`);
      }
    });

    it('are passed in proportion by a jump', () => {
      scrollTo(5_000_000);
      const [first] = Object.values(seen());
      expect(Number(first!.split(' ')[1])).to.be.closeTo(500_000, 20);
    });

    it('grow at the end that one looks at', async () => {
      scrollTo(1e9);
      await update({ count: 1_000_001 });
      expect(seen()).to.include({ 0: 'Person 999990' });
      scrollTo(1e9);
      expect(seen()).to.include({ 0: 'Person 999991', 360: 'Person 1000000' });
    });

    it('keep the focus, and bring it back in sight when it moves', () => {
      control('p3').focus();
      scrollTo(5_000_000);
      expect(active()!.textContent).to.equal('p3');
      line('p3').querySelector<HTMLElement>('.a')!.focus();
      expect(seen()[0]).to.equal('Person 3');
    });
  });

  it('leaves nothing running when it is removed', async () => {
    const leftovers = watchLeftovers();
    await open({ people: people(1_000) });
    probe.remove();
    expect(leftovers.stop()).to.deep.equal([]);
    const { drawn } = probe;
    scrollTo(1_000);
    expect(drawn).to.equal(probe.drawn);
  });

  it('shows what a plain list would, whatever happens to it', async () => {
    const below = (max: number) => fc.nat({ max: max - 1 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('scroll' as const), to: below(12_000) }),
      fc.record({ kind: fc.constant('insert' as const), at: below(300), many: below(4) }),
      fc.record({ kind: fc.constant('delete' as const), at: below(300), many: below(4) }),
      fc.record({ kind: fc.constant('update' as const), at: below(300) }),
      fc.record({ kind: fc.constant('focus' as const), at: below(300) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 195, max: 300 }),
        fc.array(step, { maxLength: 25 }),
        async (size, steps) => {
          let list = people(size);
          let next = size;
          let top = 0;
          let focused: string | undefined;
          await open({ people: list });
          for (const what of steps) {
            const at = 'at' in what ? Math.min(what.at, list.length - 1) : 0;
            const before = list;
            if (what.kind === 'scroll') scrollTo((top = Math.min(what.to, list.length * 40 - 400)));
            if (what.kind === 'focus') {
              probe.window.focusIndex(at, (row) => row.querySelector<HTMLElement>('.b'));
              top = Math.min(at * 40, Math.max(at * 40 - 360, top));
              focused = list[at]!.id;
            }
            if (what.kind === 'insert') {
              list = list.toSpliced(
                at,
                0,
                ...Array.from({ length: what.many }, () => person(next++)),
              );
            }
            if (what.kind === 'delete') list = list.toSpliced(at, what.many);
            if (what.kind === 'update')
              list = list.with(at, { ...list[at]!, name: `New ${next++}` });
            if (list !== before) {
              const heir = before.findIndex(({ id }) => id === focused);
              if (focused && !list.some(({ id }) => id === focused)) {
                focused = list[Math.min(heir, list.length - 1)]!.id;
              }
              if (top > 0) top += 40 * drift(before, list, Math.floor(top / 40));
              top = Math.max(0, Math.min(top, list.length * 40 - 400));
              await update({ people: list });
            }
            expect(scroller().scrollTop).to.equal(top);
            expect(seen()).to.deep.equal(plain(list, top));
            expect(active()?.textContent).to.equal(focused);
            press();
            const order = lines().map((each) => {
              const { textContent } = each.querySelector('.b')!;
              return list.findIndex(({ id }) => id === textContent);
            });
            expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
            expect(lines().map((each) => Number(each.ariaRowIndex) - 2)).to.deep.equal(order);
          }
          probe.remove();
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(20_000);

  /** By how many rows the first row in sight that is still there has gone down. */
  function drift(before: Person[], after: Person[], first: number): number {
    for (const [place, { id }] of before.slice(first, first + 11).entries()) {
      const now = after.findIndex((each) => each.id === id);
      if (now >= 0) return now - first - place;
    }
    return 0;
  }

  function plain(list: Person[], top: number): Record<number, string> {
    const rows = list.map(({ name }, index) => [index * 40 - top, name] as const);
    return Object.fromEntries(rows.filter(([y]) => y > -40 && y < 400));
  }
});
