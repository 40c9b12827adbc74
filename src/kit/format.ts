import { intl } from './i18n.js';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** “3 hours ago”, in the largest unit that fits; under a minute “now”, and by the calendar “yesterday”. */
export function formatRelative(lang: string, iso: string, now: number): string {
  const time = Date.parse(iso);
  const [unit, size] = units.find(([, size]) => Math.abs(time - now) >= size) ?? [
    'second',
    Infinity,
  ];
  const count = unit === 'day' ? -daysSince(time, now) : Math.trunc((time - now) / size) || 0;
  // “Last month” would be said of what is 40 days old, wherever in the month we are.
  const numeric = /week|month|year/.test(unit) ? 'always' : 'auto';
  return intl(Intl.RelativeTimeFormat, lang, { numeric }).format(count, unit);
}

/** Midnights between the two in the reader's time zone; negative for what is to come. */
function daysSince(time: number, now: number): number {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  // Rounded: days are 23 or 25 hours long when clocks change.
  return Math.round((midnight(now) - midnight(time)) / 86_400_000);
}

const format = (lang: string, iso: string, style: Intl.DateTimeFormatOptions) =>
  intl(Intl.DateTimeFormat, lang, style).format(new Date(iso));

/** A date such as “3 Mar 2026”, in the reader's time zone. */
export function formatDate(lang: string, iso: string): string {
  return format(lang, iso, { dateStyle: 'medium' });
}

/** Date and time in full, for titles and screen readers. */
export function formatDateTime(lang: string, iso: string): string {
  return format(lang, iso, { dateStyle: 'full', timeStyle: 'short' });
}

/** When something is due: the time, and the day of the week within six days, the date beyond. */
export function formatDue(lang: string, iso: string, now: number): string {
  const days = -daysSince(Date.parse(iso), now);
  return format(lang, iso, {
    ...(days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' }),
    ...(days > 300 && { year: 'numeric' }),
    hour: 'numeric',
    minute: '2-digit',
  });
}

/** “today”, “yesterday” or the date: the heading of a day in the reader's time zone. */
export function formatDay(lang: string, iso: string, now: number): string {
  const days = daysSince(Date.parse(iso), now);
  if (days === 0 || days === 1) {
    return intl(Intl.RelativeTimeFormat, lang, { numeric: 'auto' }).format(-days, 'day');
  }
  return format(lang, iso, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** First letters of the first and last word, whole characters of any script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters.map(firstCharacter).join('').toLocaleUpperCase();
}

/** As a reader sees it: an accent, a flag or a family is one with all its code points. */
function firstCharacter(word: string): string {
  // Most names spare a list being scrolled the segmenter, a tenth of what that costs.
  if (/^\w\w/.test(word)) return word[0]!;
  const [first] = intl(Intl.Segmenter, 'en').segment(word);
  return first?.segment ?? '';
}

/** 0–359, the same for the same id: the hue of a person's stand-in picture. */
export function hue(id: string): number {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) % 360;
  return hash;
}
