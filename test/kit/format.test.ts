import { expect } from '@open-wc/testing';
import {
  formatDate,
  formatDateTime,
  formatDay,
  formatRelative,
  hue,
  initials,
} from '../../src/kit/format.js';

/** A Wednesday, half past nine in the evening, in the reader's time zone. */
const now = new Date(2026, 2, 18, 21, 30).getTime();
const at = (day: number, hour: number, minute = 0) =>
  new Date(2026, 2, day, hour, minute).toISOString();
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe('relative time', () => {
  const cases: [string, string, string][] = [
    ['this very moment', minutesAgo(0), 'now'],
    ['half a minute', minutesAgo(0.5), 'now'],
    ['a minute', minutesAgo(1), '1 minute ago'],
    ['almost an hour', minutesAgo(59.9), '59 minutes ago'],
    ['some hours of today', at(18, 18), '3 hours ago'],
    ['less than a day, though yesterday', at(17, 23), '22 hours ago'],
    ['yesterday', at(17, 9), 'yesterday'],
    ['the day before, less than 48 hours ago', at(16, 23), '2 days ago'],
    ['six days', at(12, 21), '6 days ago'],
    ['a week', at(11, 9), '1 week ago'],
    ['forty days', minutesAgo(40 * 1440), '1 month ago'],
    ['a year and a bit', minutesAgo(400 * 1440), '1 year ago'],
    ['soon', minutesAgo(-5), 'in 5 minutes'],
    ['tomorrow', at(19, 23), 'tomorrow'],
  ];
  for (const [what, iso, said] of cases) {
    it(`says “${said}” of ${what}`, () => {
      expect(formatRelative('en', iso, now)).to.equal(said);
    });
  }

  it('speaks other languages', () => {
    expect(formatRelative('de', at(17, 9), now)).to.equal('gestern');
    expect(formatRelative('ar', minutesAgo(3), now)).to.contain('دقائق');
  });
});

describe('days and dates', () => {
  it('names today and yesterday, and others by weekday and date', () => {
    expect(formatDay('en', at(18, 0), now)).to.equal('today');
    expect(formatDay('en', at(17, 23, 59), now)).to.equal('yesterday');
    expect(formatDay('en', at(17, 0), now)).to.equal('yesterday');
    expect(formatDay('en', at(16, 23, 59), now)).to.equal('Monday, March 16');
  });

  it('counts days, not hours, when the clocks change', () => {
    const days = Array.from({ length: 370 }, (_, index) => index);
    for (const day of days) {
      const noon = new Date(2026, 0, 1 + day, 12).getTime();
      const evening = new Date(2026, 0, day, 23, 30).toISOString();
      expect(formatDay('en', evening, noon)).to.equal('yesterday');
    }
  });

  it('writes dates and times in the language', () => {
    expect(formatDate('en-GB', at(3, 12))).to.equal('3 Mar 2026');
    expect(formatDate('de', at(3, 12))).to.equal('03.03.2026');
    expect(formatDateTime('en-US', at(3, 12))).to.match(/^Tuesday, March 3, 2026 at 12:00\sPM$/);
  });
});

describe('what stands in for a picture', () => {
  const cases: [string, string][] = [
    ['Ada Lovelace', 'AL'],
    ['  ada   maria  lovelace ', 'AL'],
    ['Plato', 'P'],
    ['', ''],
    ['李 小龙', '李小'],
    ['山田太郎', '山'],
    ['محمد علي', 'مع'],
    ['🦊 Fox', '🦊F'],
    ['🇵🇹 Ana', '🇵🇹A'],
    ['👩‍👩‍👧 Family', '👩‍👩‍👧F'],
    ['e\u0301va o\u0308z', 'E\u0301O\u0308'],
    ['𝒜da', '𝒜'],
  ];
  for (const [name, letters] of cases) {
    it(`is “${letters}” for “${name}”`, () => {
      expect(initials(name)).to.equal(letters);
    });
  }

  it('has the same hue for the same person, and all the circle for many', () => {
    const hues = Array.from({ length: 500 }, (_, index) => hue(`person-${index}`));
    expect(hue('person-7')).to.equal(hues[7]);
    expect(Math.min(...hues)).to.be.within(0, 20);
    expect(Math.max(...hues)).to.be.within(340, 359);
  });
});
