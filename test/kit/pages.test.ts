import { expect } from '@open-wc/testing';
import { QueryClient } from '@tanstack/query-core';
import type { InlayElement } from '../../src/kit/element.js';
import { Pages } from '../../src/kit/pages.js';
import { mutate } from '../../src/data/index.js';
import { until } from '../helpers/until.js';

interface Row {
  id: string;
  version: number;
}

/** A server of numbered rows, whose answers wait until they are let go. */
function setUp({ total = 1_000, limit = 10, first = 1 } = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const world = {
    ids: Array.from({ length: total }, (_, index) => `${index}`),
    asked: [] as number[],
    aborted: [] as number[],
    failing: false,
    hold: undefined as Promise<void> | undefined,
    search: '',
  };
  let waiting: (() => void) | undefined;
  const host = {
    isConnected: true,
    runtime: { queries },
    addController: () => undefined,
    requestUpdate: () => undefined,
  };
  const pages = new Pages<Row>(
    host as unknown as InlayElement,
    () => ({
      limit,
      first,
      page: (page) => ({
        queryKey: ['users', 'list', { page, limit, search: world.search }],
        staleTime: Infinity,
        queryFn: async ({ signal }) => {
          world.asked.push(page);
          signal.addEventListener('abort', () => world.aborted.push(page));
          await world.hold;
          if (world.failing) throw new Error('no answer');
          const data = world.ids
            .slice((page - 1) * limit, page * limit)
            .map((id) => ({ id, version: 1 }));
          return { data, meta: { total: world.ids.length, limit, hasMore: true } };
        },
      }),
    }),
    (work) => {
      waiting = work;
      return () => (waiting = undefined);
    },
  );
  pages.hostConnected();
  const idle = () => until(() => queries.isFetching() === 0, 'nothing is fetched');
  const rest = () => waiting?.();
  const read = (start: number, end: number) =>
    Array.from({ length: end - start }, (_, at) => pages.data?.rowAt(start + at)?.id ?? '…').join();
  return { pages, queries, world, host, idle, rest, read };
}

describe('Pages', () => {
  it('asks for one page first, and for the next one a quarter of a page before it is in sight', async () => {
    const { pages, world, idle, read } = setUp();
    expect(world.asked).to.deep.equal([1]);
    await idle();
    expect(pages.data!.total).to.equal(1_000);
    expect(read(0, 12)).to.equal('0,1,2,3,4,5,6,7,8,9,…,…');
    pages.show(0, 7);
    expect(world.asked).to.deep.equal([1]);
    pages.show(1, 8);
    expect(world.asked).to.deep.equal([1, 2]);
    await idle();
    expect(read(8, 12)).to.equal('8,9,10,11');
  });

  it('asks once where there is nothing', async () => {
    for (const first of [1, 3]) {
      const { pages, world, idle } = setUp({ total: 0, first });
      await idle();
      pages.hostUpdate();
      await idle();
      expect(pages.data!.total).to.equal(0);
      expect(world.asked).to.deep.equal([first]);
    }
  });

  it('waits until scrolling rests before it asks for what is far', async () => {
    const { pages, world, idle, rest, read } = setUp();
    await idle();
    for (let start = 100; start <= 900; start += 10) pages.show(start, start + 7);
    expect(world.asked).to.deep.equal([1]);
    rest();
    await idle();
    expect(world.asked).to.deep.equal([1, 90, 91]);
    expect(read(900, 903)).to.equal('900,901,902');
  });

  it('gives up pages that were scrolled past', async () => {
    const { pages, world, idle, rest } = setUp();
    await idle();
    pages.show(0, 8);
    world.hold = new Promise(() => undefined);
    pages.show(7, 15);
    expect(world.asked).to.deep.equal([1, 2]);
    pages.show(500, 504);
    rest();
    expect(world.aborted).to.deep.equal([2]);
  });

  it('keeps a bounded number of pages', async () => {
    const { pages, queries, idle } = setUp();
    await idle();
    for (let start = 0; start < 990; start += 10) {
      pages.show(start, start + 10);
      await idle();
    }
    expect(queries.getQueryCache().getAll().length).to.be.at.most(42);
  });

  it('shows at once what it has kept', async () => {
    const { pages, world, idle, rest, read } = setUp();
    await idle();
    pages.show(500, 505);
    rest();
    await idle();
    const asked = world.asked.length;
    pages.show(0, 4);
    expect(read(0, 3)).to.equal('0,1,2');
    expect(world.asked.length).to.equal(asked);
  });

  it('shows nobody twice who moved over a border between two answers', async () => {
    const { pages, queries, world, idle, read } = setUp();
    await idle();
    pages.show(4, 10);
    await idle();
    expect(read(9, 11)).to.equal('9,10');
    world.ids.splice(2, 1);
    await queries.invalidateQueries({
      queryKey: ['users', 'list', { page: 1, limit: 10, search: '' }],
    });
    expect(read(0, 19)).to.equal('0,1,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19');
    expect(pages.data!.total).to.equal(999);
  });

  it('draws pending changes over all pages, and counts them once', async () => {
    const { pages, queries, idle, read } = setUp();
    await idle();
    pages.show(4, 10);
    await idle();
    const finish: (() => void)[] = [];
    const gone = (id: string) =>
      mutate(
        queries,
        {
          mutationFn: () => new Promise<void>((resolve) => finish.push(resolve)),
          meta: { change: () => [{ type: 'REMOVED', payload: { id } }] },
        },
        undefined,
      );
    const writes = [gone('3'), gone('15')];
    expect(read(2, 14)).to.equal('2,4,5,6,7,8,9,10,11,12,13,14');
    expect(pages.data!.total).to.equal(998);
    expect(pages.data === pages.data).to.equal(true);
    await until(() => finish.length === 2, 'both are under way');
    finish[0]!();
    await writes[0];
    expect(pages.data!.total).to.equal(999);
  });

  it('keeps what it shows until another list has come, and begins at its top', async () => {
    const { pages, world, idle, read } = setUp();
    await idle();
    expect(read(0, 2)).to.equal('0,1');
    world.search = 'x';
    world.ids = ['x1', 'x2'];
    let release = () => {};
    world.hold = new Promise((resolve) => (release = resolve));
    pages.hostUpdate();
    expect(pages.result!.isPlaceholderData).to.equal(true);
    expect(read(0, 2)).to.equal('0,1');
    release();
    await idle();
    expect(pages.result!.isPlaceholderData).to.equal(false);
    expect(read(0, 3)).to.equal('x1,x2,…');
  });

  it('keeps nothing of somebody who has signed out', async () => {
    const { pages, queries, world, idle } = setUp();
    await idle();
    expect(pages.data!.total).to.equal(1_000);
    world.hold = new Promise(() => undefined);
    world.search = 'x';
    pages.hostUpdate();
    queries.removeQueries({ type: 'inactive' });
    expect(pages.data).to.equal(undefined);
  });

  it('leaves a page that failed to the reader', async () => {
    const { pages, world, idle, rest, read } = setUp();
    await idle();
    world.failing = true;
    pages.show(0, 8);
    await idle();
    expect(pages.result).to.deep.include({ isPageError: true, isRefetchError: false });
    pages.show(0, 3);
    pages.show(0, 8);
    rest();
    await idle();
    expect(world.asked).to.deep.equal([1, 2]);
    world.failing = false;
    await pages.result!.refetch();
    expect(read(10, 12)).to.equal('10,11');
    expect(pages.result!.error).to.equal(null);
  });

  it('begins with the page it is told', async () => {
    const { world, idle, read } = setUp({ first: 7 });
    await idle();
    expect(world.asked).to.deep.equal([7]);
    expect(read(60, 62)).to.equal('60,61');
  });

  it('asks for nothing and watches nothing when its host has left', async () => {
    const { pages, queries, idle, host } = setUp();
    await idle();
    host.isConnected = false;
    pages.hostDisconnected();
    expect(queries.getQueryCache().findAll({ type: 'active' })).to.deep.equal([]);
  });
});
