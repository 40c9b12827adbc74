import { expect } from '@open-wc/testing';
import { render } from 'lit';
import { mark } from '../../src/kit/mark.js';

describe('what was searched for', () => {
  /** The text, with what is marked in brackets. */
  function marked(text: string, search: string): string {
    const place = document.createElement('div');
    render(mark(text, search), place);
    return [...place.childNodes]
      .filter(({ nodeType }) => nodeType !== Node.COMMENT_NODE)
      .map(({ nodeName, textContent }) => (nodeName === 'MARK' ? `[${textContent}]` : textContent))
      .join('');
  }

  for (const [text, search, result] of [
    ['Ada Lovelace', 'ada', '[Ada] Lovelace'],
    ['Ada Lovelace', 'a lo', 'Ad[a Lo]velace'],
    ['Anna Hannes', 'an', '[An]na H[an]nes'],
    ['Ada Lovelace', 'love ada', '[Ada] [Love]lace'],
    ['Ada', 'bob', 'Ada'],
    ['Ada', '  ', 'Ada'],
    ['', 'ada', ''],
    ['José Núñez', 'jose nu', '[José Nú]ñez'],
    ['Jose', 'josé', '[Jose]'],
    ['José', 'jos', '[Jos]é'],
    ['Jose\u0301s', 'jose', '[Jose\u0301]s'],
    ['İstanbul', 'is', '[İs]tanbul'],
    ['Straße', 'ss', 'Straße'],
    ['aaa', 'aa', '[aaa]'],
    ['👩🏽‍💻 Ada', 'ada', '👩🏽‍💻 [Ada]'],
    ['a.c (b)', '.', 'a[.]c (b)'],
    ['<b>&amp;', '<b>', '[<b>]&amp;'],
  ] as const) {
    it(`marks ${result} for "${search}"`, () => {
      expect(marked(text, search)).to.equal(result);
    });
  }
});
