import { expect } from '@open-wc/testing';
import {
  findLocale,
  formatNumber,
  intl,
  isRightToLeft,
  onLocale,
  registerLocale,
  setLocaleLoader,
  translate,
  type Locale,
} from '../../src/kit/i18n.js';
import { ar } from '../../src/locales/ar.js';
import { en } from '../../src/locales/en.js';
import { languages } from '../../src/locales/languages.js';
import { until } from '../helpers/until.js';

describe('messages', () => {
  it('are filled with values, which are not looked into', () => {
    expect(translate('en', 'user.updated', { name: '{name} & $1' })).to.equal(
      '{name} & $1 was changed',
    );
    expect(translate('en', 'user.updated')).to.equal('{name} was changed');
  });

  it('are not turned round by a value', () => {
    expect(translate('en', 'user.updated', { name: 'Ada \u202eecalevoL' })).to.equal(
      'Ada ecalevoL was changed',
    );
  });

  it('take the plural form and the digits of their language', () => {
    registerLocale('ar', ar);
    const count = (lang: string, number: number) =>
      translate(lang, 'users.count', { count: number });
    expect([0, 1, 2, 1234].map((number) => count('en', number))).to.deep.equal([
      '0 people',
      '1 person',
      '2 people',
      '1,234 people',
    ]);
    const forms = [0, 1, 2, 3, 11, 100].map((number) =>
      count('ar', number).replace(/\d+|[٠-٩]+/, '#'),
    );
    expect(new Set(forms).size).to.equal(6);
    expect(count('ar-EG', 3)).to.equal('٣ أشخاص');
  });

  it('are English, with English plurals, where a language lacks them', () => {
    registerLocale('x-part', { 'state.loading': 'Chargement' });
    expect(translate('x-part', 'state.loading')).to.equal('Chargement');
    expect(translate('x-part', 'users.count', { count: 1 })).to.equal('1 person');
  });

  it('are complete in every language shipped, with the same places', async () => {
    const shipped: Record<string, Locale> = { ar };
    expect(Object.keys(shipped)).to.deep.equal(languages);
    // Of a plural, the form that holds any number.
    const places = (message: Locale[keyof Locale] = '') => {
      const text = typeof message === 'string' ? message : message.other;
      return [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    };
    for (const [lang, messages] of Object.entries(shipped)) {
      expect(Object.keys(messages), lang).to.have.members(Object.keys(en));
      for (const [key, message] of Object.entries(en)) {
        expect(places(messages[key as keyof Locale]), `${lang} ${key}`).to.deep.equal(
          places(message),
        );
      }
      const { pluralCategories } = new Intl.PluralRules(lang).resolvedOptions();
      expect(messages['users.count'], lang).to.have.all.keys(...pluralCategories);
    }
  });
});

describe('a language', () => {
  it('is found by the nearest tag that is registered', () => {
    registerLocale('pt', {});
    registerLocale('zh-Hant', {});
    expect(findLocale('pt-BR')).to.equal('pt');
    expect(findLocale('PT')).to.equal('pt');
    expect(findLocale('zh-hant-TW')).to.equal('zh-hant');
    expect(findLocale('zh')).to.equal(undefined);
    expect(findLocale('')).to.equal(undefined);
  });

  it('is told of when it is registered, until one stops listening', () => {
    let told = 0;
    const stop = onLocale(() => {
      told += 1;
    });
    registerLocale('nb', {});
    stop();
    registerLocale('nn', {});
    expect(told).to.equal(1);
  });

  it('is loaded once when it is first wanted', async () => {
    const loaded: string[] = [];
    setLocaleLoader(['eo'], (lang) => {
      loaded.push(lang);
      return Promise.resolve({ 'state.loading': 'Ŝargado' });
    });
    expect(translate('eo-FR', 'state.loading')).to.equal('Loading');
    translate('eo', 'state.loading');
    translate('qq', 'state.loading');
    await until(() => translate('eo', 'state.loading') === 'Ŝargado', 'the language is there');
    expect(loaded).to.deep.equal(['eo']);
  });

  it('stays English, with a warning, when it cannot be loaded', async () => {
    const warnings: unknown[][] = [];
    const { warn } = console;
    console.warn = (...args: unknown[]) => warnings.push(args);
    try {
      setLocaleLoader(['io'], () => Promise.reject(new Error('404')));
      expect(translate('io', 'state.loading')).to.equal('Loading');
      await until(() => warnings.length > 0, 'the warning is given');
      expect(String(warnings[0]![0])).to.contain('"io" could not be loaded');
      expect(translate('io', 'state.loading')).to.equal('Loading');
    } finally {
      console.warn = warn;
    }
  });

  it('is known to run from right to left', () => {
    expect(['ar', 'ar-EG', 'he', 'fa', 'ur', 'YI'].filter(isRightToLeft)).to.have.length(6);
    expect(
      ['en', 'art', 'hent', 'de', 'ar_'].map((lang) => isRightToLeft(lang)).slice(0, 4),
    ).to.deep.equal([false, false, false, false]);
  });

  it('writes numbers as Intl does', () => {
    const numbers = [0, 7, 999, 1000, -1000, 12_345, 1_234_567, 2 ** 53 - 1, 0.5, 1e21, NaN];
    for (const lang of ['en', 'en-IN', 'de', 'ar-EG']) {
      const { format } = new Intl.NumberFormat(lang);
      for (const each of numbers) expect(formatNumber(lang, each)).to.equal(format(each));
    }
  });

  it('shares its Intl objects', () => {
    const one = intl(Intl.NumberFormat, 'en', { style: 'percent' });
    expect(intl(Intl.NumberFormat, 'en', { style: 'percent' })).to.equal(one);
    expect(intl(Intl.NumberFormat, 'de', { style: 'percent' })).not.to.equal(one);
    expect(intl(Intl.NumberFormat, 'en')).not.to.equal(one);
  });
});
