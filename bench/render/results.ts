/** What the list must reach: a ratio to the bound; for `heap`, megabytes. */
export const bars: Record<string, number> = {
  'first paint 50': 1.35,
  'first paint 100000': 1.35,
  'paint 50': 1.35,
  'paint 100000': 1.35,
  'scroll 120': 1.25,
  'scroll 3000': 1.2,
  'updates 1000': 1.1,
  'updates 10000': 1.05,
  'insert at once': 1.2,
  'insert each frame': 1.2,
  remove: 1.2,
  sort: 1.2,
  filter: 1.2,
  heap: 0.5,
};

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
/** Figures that are told as they are, and not as ratios. */
const plain = /^(heap|nodes|blank)/;

/** Figures of all rounds, by figure and contestant. */
export class Results {
  private readonly values = new Map<string, Map<string, number[]>>();
  private readonly wrong = new Map<string, string>();
  private readonly lateFrames = new Map<string, number[]>();

  constructor(private readonly names: readonly string[]) {}

  /** `problem` says what is wrong with the rows on screen. */
  add(figure: string, name: string, value: number, problem?: string): void {
    const of = this.values.get(figure) ?? new Map<string, number[]>();
    this.values.set(figure, of);
    of.set(name, [...(of.get(name) ?? []), value]);
    if (problem) this.wrong.set(`${figure} of ${name}`, problem);
  }

  /** Frames that took more than two. */
  late(figure: string, name: string, frames: number): void {
    const key = `${figure} of ${name}`;
    this.lateFrames.set(key, [...(this.lateFrames.get(key) ?? []), frames]);
  }

  /** A table in Markdown: milliseconds of the bound, and ratios to it. */
  table(): string {
    const figures = [...this.values.keys()].filter((figure) => !figure.startsWith('heap 5'));
    const lines = figures.map((figure) => [
      figure,
      ...this.names.map((name) => this.cell(figure, name)),
    ]);
    const problems = [...this.wrong].map(([where, what]) => `${where}: ${what}`);
    return [['', ...this.names], this.names.map(() => '---').concat('---'), ...lines]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .concat('', problems)
      .join('\n');
  }

  /** A line for each bar that is missed. */
  missed(name: string, limits: Record<string, number>): string[] {
    return Object.entries(limits)
      .map(([figure, limit]) => [figure, limit, this.figure(figure, name)] as const)
      .filter(([, limit, value]) => value !== undefined && value > limit)
      .map(([figure, limit, value]) => `${name}, ${figure}: ${value!.toFixed(2)}, bar ${limit}`);
  }

  /** Whether a row was wrong on screen, or none where one should be. */
  isWrong(name: string): boolean {
    return [...this.wrong.keys()].some((where) => where.endsWith(` of ${name}`));
  }

  private figure(figure: string, name: string): number | undefined {
    if (figure === 'heap') {
      const [many, few] = ['heap 100000', 'heap 50'].map((each) =>
        this.values.get(each)?.get(name),
      );
      return many && few ? median(many) - median(few) : undefined;
    }
    const values = this.values.get(figure)?.get(name);
    if (!values || plain.test(figure)) return values && median(values);
    const bound = this.values.get(figure)!.get('bound')!;
    // Of each round by itself: the machine may have been slower in another.
    return median(values.map((value, round) => value / bound[round]!));
  }

  private cell(figure: string, name: string): string {
    const value = this.figure(figure === 'heap 100000' ? 'heap' : figure, name);
    if (value === undefined) return '–';
    const ms = median(this.values.get(figure)!.get(name)!);
    const late = median(this.lateFrames.get(`${figure} of ${name}`) ?? [0]);
    return [
      plain.test(figure) ? value.toFixed(figure.startsWith('heap') ? 2 : 0) : value.toFixed(2),
      !plain.test(figure) && name === 'bound' ? ` (${ms.toFixed(1)} ms)` : '',
      late > 0 ? `, ${late} late` : '',
      this.wrong.has(`${figure} of ${name}`) ? ' ✗' : '',
    ].join('');
  }
}
