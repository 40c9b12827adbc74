import { define } from '../kit/define.js';
import { registerLocale, setLocaleLoader, type Locale } from '../kit/i18n.js';
import { requireOneOf } from '../kit/attributes.js';
import { mountAll, type Elements } from '../kit/mount.js';
import { languages } from '../locales/languages.js';
import { configure, getRuntime, type Configuration } from '../runtime/index.js';
import { summonToastRegion } from '../elements/toast-region/summon.js';

/** What `window.inlay` becomes; before the script has loaded it is a plain array of calls. */
interface Inlay {
  push(...calls: ((inlay: Inlay) => void)[]): void;
  configure: typeof configure;
  getRuntime: typeof getRuntime;
  registerLocale: typeof registerLocale;
}

/** Our own script element: `currentScript` is null in modules, and a page's markup can shadow it. */
function findScript(): HTMLScriptElement | null {
  const { currentScript } = document;
  if (currentScript instanceof HTMLScriptElement) return currentScript;
  return document.querySelector<HTMLScriptElement>('script[src*="inlay"]');
}

const credentials = { cookie: 'include', none: 'omit', token: 'same-origin' } as const;
const themes = ['auto', 'light', 'dark'];

/** Throws a `TypeError` that names the attribute, the value and what would fit. */
function readConfiguration({ api, lang, theme, auth }: DOMStringMap): Configuration {
  if (theme) requireOneOf('data-theme', theme, themes);
  if (auth) requireOneOf('data-auth', auth, Object.keys(credentials));
  return {
    ...(api && { baseUrl: api }),
    ...(lang && { lang }),
    ...(theme && { theme: theme as 'auto' }),
    ...(auth && { credentials: credentials[auth as 'token'] }),
    ...(auth === 'token' && { awaitToken: true }),
  };
}

/**
 * Makes a script of its elements, by tag: opens the queue, reads the attributes of its tag, then
 * registers and mounts. Several scripts on a page share cache, connection and settings.
 */
export function embed(elements: Elements): void {
  const script = findScript();
  const options = script?.dataset ?? {};
  const inlay: Inlay = {
    push: (...calls) => {
      for (const call of calls) {
        try {
          call(inlay);
        } catch (error) {
          // One wrong call must not keep the others, or the elements, from starting.
          console.error('inlay:', error);
        }
      }
    },
    configure,
    getRuntime,
    registerLocale,
  };
  const holder = window as { inlay?: unknown };
  const queue = holder.inlay;
  holder.inlay = inlay;
  inlay.push(() => configure(readConfiguration(options)));
  if (Array.isArray(queue)) inlay.push(...(queue as Parameters<Inlay['push']>));

  if (script?.src) {
    const base = new URL('locales/', script.src);
    setLocaleLoader(languages, async (lang) => {
      const response = await fetch(new URL(`${lang}.json`, base));
      return (await response.json()) as Locale;
    });
  }
  const { prefix = '', mount } = options;
  for (const [tag, element] of Object.entries(elements)) define(tag, element, prefix);
  summonToastRegion(prefix);
  if (mount !== 'off') mountAll(elements, prefix);
}
