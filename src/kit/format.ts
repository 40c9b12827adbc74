import { intl, translate } from './i18n.js';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** “3 hours ago”, in the largest unit that fits; under a minute: “now”. */
export function formatRelative(lang: string, iso: string, now: number): string {
  const past = Date.parse(iso) - now;
  const [unit, size] = units.find(([, size]) => Math.abs(past) >= size) ?? ['second', Infinity];
  return intl(Intl.RelativeTimeFormat, lang, { numeric: 'auto' }).format(
    Math.trunc(past / size) || 0,
    unit,
  );
}

/** A date such as “3 Mar 2026”, in the reader's time zone. */
export function formatDate(lang: string, iso: string): string {
  return intl(Intl.DateTimeFormat, lang, { dateStyle: 'medium' }).format(new Date(iso));
}

/** Date and time in full, for titles and screen readers. */
export function formatDateTime(lang: string, iso: string): string {
  return intl(Intl.DateTimeFormat, lang, { dateStyle: 'full', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

/** “Today”, “Yesterday” or the date: the heading of a day in the reader's time zone. */
export function formatDay(lang: string, iso: string, now: number): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  // Rounded: days are 23 or 25 hours long when clocks change.
  const days = Math.round((midnight(now) - midnight(Date.parse(iso))) / 86_400_000);
  if (days === 0) return translate(lang, 'feed.today');
  if (days === 1) return translate(lang, 'feed.yesterday');
  return intl(Intl.DateTimeFormat, lang, { weekday: 'long', day: 'numeric', month: 'long' }).format(
    new Date(iso),
  );
}

/** First letters of the first and last word, whole characters of any script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** 0–359, the same for the same id: the hue of a person's stand-in picture. */
export function hue(id: string): number {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) % 360;
  return hash;
}
