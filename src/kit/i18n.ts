import { en } from '../locales/en.js';

export type MessageKey = keyof typeof en;
/** A text with `{name}` places, or one for each plural form of `{count}` (Intl.PluralRules). */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });
/** A language's messages. What is missing is shown in English. */
export type Locale = Partial<Record<MessageKey, Message>>;

/** One for all copies of Inlay on a page: each brings the English of its own elements. */
const key = Symbol.for('inlay.texts.1');
const holder = globalThis as {
  [key]?: { english: Locale; locales: Map<string, Locale>; listeners: Set<() => void> };
};
const { english, locales, listeners } = (holder[key] ??= {
  english: {},
  locales: new Map(),
  listeners: new Set(),
});
Object.assign(english, en);
if (!locales.has('en')) locales.set('en', english);

/** Whether there is such a message. */
export const isMessage = (key: string): key is MessageKey => Object.hasOwn(english, key);

/** Makes a language available; elements in it draw themselves anew. `lang` is a BCP 47 tag. */
export function registerLocale(lang: string, messages: Locale): void {
  locales.set(lang.toLowerCase(), messages);
  for (const listener of listeners) listener();
}

export function onLocale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type Loader = (lang: string) => Promise<Locale>;
let loader: { languages: Set<string>; load: Loader } | undefined;

/** Where languages come from that are wanted but not registered. */
export function setLocaleLoader(languages: readonly string[], load: Loader): void {
  loader = { languages: new Set(languages), load };
}

/** Loads a language once, if there is one to load. Until then, and if it fails, English is shown. */
function loadLocale(lang: string): void {
  const tag = lang.toLowerCase().split('-')[0]!;
  if (!loader?.languages.delete(tag)) return;
  loader.load(tag).then(
    (messages) => registerLocale(tag, messages),
    (error: unknown) => console.warn(`inlay: the language "${tag}" could not be loaded.`, error),
  );
}

/** The registered language nearest to `lang` (`pt-BR` → `pt`), or undefined. */
export function findLocale(lang: string): string | undefined {
  for (let tag = lang.toLowerCase(); tag; tag = tag.slice(0, Math.max(tag.lastIndexOf('-'), 0))) {
    if (locales.has(tag)) return tag;
  }
  loadLocale(lang);
  return undefined;
}

const cache = new Map<string, unknown>();

/** Intl objects are costly to make, so one of each kind, language and style is kept. */
export function intl<T>(
  kind: new (lang: string, options?: object) => T,
  lang: string,
  options?: object,
): T {
  const key = kind.name + lang + JSON.stringify(options);
  let made = cache.get(key) as T | undefined;
  if (!made) cache.set(key, (made = new kind(lang, options)));
  return made;
}

/** In English without `Intl`, whose first number costs a page as much as several rows of a list. */
export const formatNumber = (lang: string, value: number): string =>
  lang === 'en' && Number.isSafeInteger(value)
    ? String(value).replace(/\B(?=(\d{3})+$)/g, ',')
    : intl(Intl.NumberFormat, lang).format(value);

/** Characters that turn round all that comes after them: a name must not do that to a sentence. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** The message in `lang`, or in English, with its places filled and numbers formatted. */
export function translate(
  lang: string,
  key: MessageKey,
  values: Record<string, string | number> = {},
): string {
  const own = locales.get(findLocale(lang) ?? '')?.[key];
  const used = own === undefined ? 'en' : lang;
  const message = own ?? english[key]!;
  const text =
    typeof message === 'string'
      ? message
      : (message[intl(Intl.PluralRules, used).select(Number(values['count']))] ?? message.other);
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    if (typeof value === 'number') return formatNumber(used, value);
    return value.replace(turning, '');
  });
}

const rightToLeft = /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/i;
export function isRightToLeft(lang: string): boolean {
  return rightToLeft.test(lang);
}
