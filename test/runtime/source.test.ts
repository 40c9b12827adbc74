import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type * as runtimeModule from '../../src/runtime/source.js';
import {
  configure,
  getPageSource,
  getRuntime,
  notify,
  onNotice,
  Source,
} from '../../src/runtime/index.js';

const baseUrl = 'https://one.example/api';
const key = Symbol.for('inlay.runtime.1');

afterEach(() => {
  getPageSource().release();
  Reflect.deleteProperty(globalThis, key);
});

describe('the page', () => {
  it('has one runtime, made at first use', () => {
    configure({ baseUrl });
    assert.equal(getRuntime(), getRuntime());
    assert.equal(getRuntime().configuration.baseUrl, baseUrl);
  });

  it('shares it with a second copy of the script', async () => {
    configure({ baseUrl });
    const path = '../../src/runtime/source.js?copy';
    const copy = (await import(path)) as typeof runtimeModule;
    assert.notEqual(copy.getRuntime, getRuntime);
    assert.equal(copy.getRuntime(), getRuntime());
    const heard: unknown[] = [];
    const stop = onNotice((notice) => heard.push(notice.message));
    copy.notify({ tone: 'info', message: 'a' });
    notify({ tone: 'info', message: 'b' });
    stop();
    notify({ tone: 'info', message: 'c' });
    assert.deepEqual(heard, ['a', 'b']);
  });

  it('starts over with another backend, without the token of the first', () => {
    configure({ baseUrl, getToken: () => 'secret' });
    const first = getRuntime();
    let told = 0;
    const stop = getPageSource().onConfigure(() => told++);
    configure({ baseUrl: 'https://two.example/api' });
    assert.notEqual(getRuntime(), first);
    assert.equal(getRuntime().configuration.getToken, undefined);
    configure({ lang: 'de' });
    const { configuration } = getPageSource();
    assert.deepEqual(
      [configuration.lang, configuration.baseUrl, told],
      ['de', 'https://two.example/api', 2],
    );
    stop();
  });

  it('goes on when it is told the same again in other words', () => {
    const say = (...transports: ('sse' | 'polling')[]) => ({
      headers: { 'X-Site': 'one' },
      live: { url: baseUrl, transports },
    });
    configure({ baseUrl, ...say('sse') });
    const first = getRuntime();
    configure({ baseUrl, ...say('sse') });
    assert.equal(getRuntime(), first);
    configure(say('polling'));
    assert.notEqual(getRuntime(), first);
    const provider = new Source(getPageSource());
    provider.replace({ baseUrl, ...say('sse') });
    const second = provider.getRuntime();
    provider.replace({ baseUrl, ...say('sse') });
    assert.equal(provider.getRuntime(), second);
    provider.release();
  });

  it('throws for a wrong configuration where it is given, and wherever it is used', () => {
    assert.throws(() => configure({ baseUrl: 'api' }), /got "api"/);
    assert.throws(() => getRuntime(), /got "api"/);
  });
});

describe('a provider', () => {
  it('adds to what the page says, and shares its runtime unless it has a backend of its own', () => {
    const page = new Source();
    page.configure({ baseUrl, getToken: () => 'secret', lang: 'fr' });
    const themed = new Source(page);
    themed.configure({ theme: 'dark' });
    assert.equal(themed.getRuntime(), page.getRuntime());
    const other = new Source(page);
    other.configure({ baseUrl: 'https://two.example/api' });
    assert.notEqual(other.getRuntime(), page.getRuntime());
    const { getToken, lang } = other.configuration;
    assert.deepEqual([getToken, lang], [undefined, 'fr']);
    for (const source of [page, themed, other]) source.release();
  });
});
