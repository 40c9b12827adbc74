import { expect } from '@open-wc/testing';
import { css, html, LitElement, render } from 'lit';
import { RowWindow, rowWindowStyles } from '../../src/kit/row-window.js';

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

  it('draws few of many', async () => {
    await open({ people: people(100_000) });
    expect(lines().length).to.equal(17);
    expect(seen()).to.include({ 0: 'Person 0', 360: 'Person 9' });
    scrollTo(4_010);
    expect(lines().length).to.equal(17);
    expect(seen()).to.include({ '-10': 'Person 100', 390: 'Person 110' });
    expect(probe.drawn).to.equal(34);
  });
});
