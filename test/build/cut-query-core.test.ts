import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as QueryCore from '@tanstack/query-core';
import { build, type Rolldown } from 'vite';
import { cutQueryCore, findUnread, findUnset } from '../../scripts/cut-query-core.js';
import { readGraph } from '../../scripts/graph.js';
import { settleQueryCore } from '../../scripts/settle-query-core.js';
import { parse } from '../../scripts/source.js';

const library = 'node_modules/@tanstack/query-core/build/modern/query.js';

describe('the step that cuts query-core', () => {
  it('finds what nothing reads, and what only that reads', () => {
    const unread = findUnread([
      parse(library, 'class Q { a() { this.b(); } b() {} c() {} d() {} get e() {} #f() {} }'),
      parse('src/a.ts', 'q.c(); const { d } = q; class Own { g() {} } call("e");'),
    ]);
    assert.deepEqual([...unread].sort(), ['#f', 'a', 'b']);
  });

  it('takes for undefined only options that nothing sets', () => {
    const files = [
      parse(library, 'run(options.persister, options.behavior, options.initialData)'),
      parse('src/a.ts', 'use({ persister }); options.behavior = 1;'),
    ];
    const unset = findUnset(files, new Set());
    assert.deepEqual(
      ['persister', 'behavior', 'initialData'].filter((name) => unset.has(name)),
      ['initialData'],
    );
  });

  it('does not take for read what only gives or binds that very name', () => {
    const unread = findUnread([
      parse(library, 'class Q { bind() { this.a = this.a.bind(this); } a() {} } q({ a: this.a });'),
      parse('src/a.ts', 'q.bind();'),
    ]);
    assert.deepEqual([...unread], ['a']);
  });

  it('does not take an option for set that is only passed on', () => {
    const unset = findUnset(
      [parse(library, 'retry({ initialPromise: options?.initialPromise })')],
      new Set(),
    );
    assert.ok(unset.has('initialPromise'));
  });

  it('calls none of what it leaves out though others of the name stay', async () => {
    const calls =
      /\b(client|queries)\.(query|isFetching)\(|utationCache\(\)\.find\(|query\.(isStale|promise)\b/;
    const calling = (await readGraph()).filter(
      ({ fileName, text }) => fileName.includes('/src/') && calls.test(text),
    );
    assert.deepEqual(calling, []);
  });

  it('leaves query-core in working order', async () => {
    const { output } = (await build({
      configFile: false,
      logLevel: 'silent',
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [settleQueryCore(), cutQueryCore()],
      build: {
        write: false,
        minify: false,
        lib: { entry: 'node_modules/@tanstack/query-core/build/modern/index.js', formats: ['es'] },
        rolldownOptions: { preserveEntrySignatures: 'strict' },
      },
    }).then((result) => [result].flat()[0])) as Rolldown.RolldownOutput;
    const { code } = output[0];
    for (const gone of ['isInitialLoading', 'ensureInfiniteQueryData', 'persister']) {
      assert.ok(!code.includes(gone), `${gone} is still there`);
    }
    const core = (await import(
      `data:text/javascript,${encodeURIComponent(code)}`
    )) as typeof QueryCore;
    // As every runtime has them.
    const queries = {
      queryKeyHashFn: JSON.stringify,
      structuralSharing: (_: unknown, after: unknown) => after,
    };
    const client = new core.QueryClient({ defaultOptions: { queries } });
    const observer = new core.QueryObserver(client, {
      queryKey: ['a'],
      queryFn: () => Promise.resolve(1),
    });
    const data = new Promise((resolve) => {
      observer.subscribe((result) => result.data && resolve(result.data));
    });
    assert.equal(await data, 1);
    client.setQueryData(['a'], 2);
    assert.equal(client.getQueryData(['a']), 2);
    observer.destroy();
    client.clear();
  });
});
