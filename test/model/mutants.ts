/** A guard of the live stream, and the code as it were without it: both are expressions. */
export interface Mutant {
  name: string;
  file: string;
  /** The guard; stands once in the file. */
  text: string;
  /** What there is in its place. */
  without: string;
  /** The model notices soonest under this one. */
  seed: number;
}

/** With any one of these taken out, pages end up wrong: the model has to find it. */
export const mutants: Mutant[] = [
  {
    name: 'subscribing from a cursor',
    file: 'src/live/channel.ts',
    text: 'asked && { epoch: asked.epoch, since: asked.offset }',
    without: 'undefined',
    seed: 1,
  },
  {
    name: 'passing over duplicates',
    file: 'src/live/channel.ts',
    text: 'range.to <= at.offset',
    without: 'false',
    seed: 5,
  },
  {
    name: 'seeing gaps',
    file: 'src/live/channel.ts',
    text: 'range.from > at.offset',
    without: 'false',
    seed: 1,
  },
  {
    name: 'seeing another epoch',
    file: 'src/live/channel.ts',
    text: 'range.epoch !== at.epoch',
    without: 'false',
    seed: 2,
  },
  {
    name: 'heads in pings',
    file: 'src/live/live.ts',
    text: 'channel.onRange({ epoch: head[0], from: head[1], to: head[1], items: [] })',
    without: 'undefined',
    seed: 2,
  },
  {
    name: 'bringing late answers up to date',
    file: 'src/data/sync.ts',
    text: 'catchUp([after], [options], this.#ledger)',
    without: '{ parts: [after], unsure: [false] }',
    seed: 9,
  },
  {
    name: 'history while attaching',
    file: 'mock-server/live/subscriptions.ts',
    text: 'since === undefined ? [] : topic.replay({ epoch, offset: since })',
    without: '[]',
    seed: 1,
  },
  {
    name: 'the bound of what waits for a slow reader',
    file: 'mock-server/live/subscriptions.ts',
    text: 'subscriber.wire.buffered > host.limits.maxBuffered',
    without: 'false',
    seed: 1,
  },
  {
    name: 'revoking',
    file: 'mock-server/live/hub.ts',
    text: '[...some].filter(({ identity }) => concerns(whose, identity))',
    without: '[]',
    seed: 1,
  },
  {
    name: 'the head read with the rows',
    file: 'mock-server/domain/list-page.ts',
    text: 'cursor: position',
    without: 'cursor: reflect(ctx, channel)',
    seed: 3,
  },
];
