import { isMessage, translate } from '../../kit/i18n.js';

/** A role or status in the reader's language; the page's own ones as they are. */
export function wordFor(lang: string, kind: 'role' | 'status', value: string): string {
  const key = `${kind}.${value}`;
  return isMessage(key) ? translate(lang, key) : value;
}

/** A time as `format` says it, or as it is, if it is none. */
export const timeFor = (iso: string, format: (iso: string) => string): string =>
  Number.isNaN(Date.parse(iso)) ? iso : format(iso);
