import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { readCsrfToken } from '../../src/client/csrf.js';

function page(cookie: string, content?: string): void {
  const document = { cookie, querySelector: () => (content ? { content } : null) };
  Object.assign(globalThis, { document });
}

describe('the CSRF token', () => {
  afterEach(() => void Reflect.deleteProperty(globalThis, 'document'));

  it('is none without a page, a tag or a cookie', () => {
    assert.equal(readCsrfToken(), undefined);
    page('xcsrf=1');
    assert.equal(readCsrfToken(), undefined);
  });

  it('comes from the tag before the cookie, which is decoded', () => {
    page('a=b; csrf=x%2By');
    assert.equal(readCsrfToken(), 'x+y');
    page('csrf=cookie', 'tag');
    assert.equal(readCsrfToken(), 'tag');
  });

  it('is the text of the cookie as it stands when that is not encoded', () => {
    page('csrf=50%off; a=b');
    assert.equal(readCsrfToken(), '50%off');
  });
});
