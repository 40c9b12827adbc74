import { expect } from '@open-wc/testing';
import { requireId, requireOneOf, requireWhole } from '../../src/kit/attributes.js';

describe('attributes', () => {
  it('take what fits', () => {
    requireOneOf('role', 'admin', ['user', 'admin']);
    requireWhole('page-size', 1, 1, 100);
    requireWhole('page-size', 100, 1, 100);
    requireId('user-id', null);
    requireId('user-id', '');
    requireId('user-id', crypto.randomUUID());
  });

  it('name the attribute, the value and what would fit', () => {
    expect(() => requireOneOf('role', 'boss', ['user', 'admin'])).to.throw(
      TypeError,
      'role must be one of "user", "admin", got "boss".',
    );
    expect(() => requireId('user-id', 'x')).to.throw(TypeError, 'user-id must be a UUID, got "x".');
  });

  for (const value of [0, 101, 1.5, NaN, Infinity, null, undefined, '20']) {
    it(`refuse ${String(value)} where a whole number from 1 to 100 is due`, () => {
      expect(() => requireWhole('page-size', value, 1, 100)).to.throw(
        TypeError,
        `page-size must be a whole number from 1 to 100, got "${String(value)}".`,
      );
    });
  }
});
