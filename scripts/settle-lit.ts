import { settle } from './settle.js';

/**
 * Expressions of Lit, as it is published, that have one and the same value in the scripts: no
 * element of theirs has decorators, converters, lists or objects for attributes, or defaults of
 * its own that are reflected; no template is SVG or MathML alone, or has something to fill in
 * within a text area; and browsers need no polyfills. What else a template of the page's own may
 * have, as in a row, is left as it is. It saves 0.6 kB (gzip).
 */
const settled = {
  'reactive-element': {
    'static addInitializer(t)': '',
    'this.constructor.l?.forEach(t=>t(this))': '0',
    'void 0!==t.l&&(this.l=[...t.l])': '0',
    'Symbol.metadata??=Symbol("metadata")': '0',
    'a.litPropertyMetadata??=new WeakMap': '0',
    'this[Symbol.metadata]': 'null',
    'p?.({ReactiveElement:y})': '0',
    'a.reactiveElementPolyfillSupport': '0',
    '(a.reactiveElementVersions??=[]).push("2.1.2")': '0',
    'null==t?t:JSON.stringify(t)': 't',
    'JSON.parse(t)': 't',
    '!s.noAccessor': 'true',
    'void 0!==h&&e(this.prototype,t,h)': 'e(this.prototype,t,h)',
    '[...r(t),...o(t)]': 'r(t)',
    'Array.isArray(s)': 's',
    '"string"==typeof t?t.toLowerCase():void 0': 't.toLowerCase()',
    'null!=t&&await t': '0',
    'void 0!==i.converter?.toAttribute?i.converter:u': 'u',
    '"function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u':
      'u',
    'i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))': 'false',
    'i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)':
      'false',
    'this.hasUpdated||i||(s=void 0)': 'this.hasUpdated||(s=void 0)',
    'r??this._$Ej?.get(e)??r': 'r',
  },
  'lit-html': {
    '2===i?"<svg>":3===i?"<math>":""': '""',
    '2===i?"</svg>":3===i?"</math>":""': '""',
    '2===i||3===i': 'false',
    'y.test(u[2])&&(n=RegExp("</"+u[2],"g"))': '0',
    'y.test(r.tagName)': 'false',
    'B?.(S,k)': '0',
    't.litHtmlPolyfillSupport': '0',
    '(t.litHtmlVersions??=[]).push("3.3.3")': '0',
    't?.creationScope??l': 'l',
    's?.renderBefore??i': 'i',
    's?.renderBefore??null': 'null',
  },
  'lit-element': {
    's.litElementHydrateSupport?.({LitElement:i})': '0',
    'o?.({LitElement:i})': '0',
    's.litElementPolyfillSupport': '0',
    '(s.litElementVersions??=[]).push("4.2.2")': '0',
    'i._$litElement$=!0': '0',
    'this.renderOptions.renderBefore??=t.firstChild': '0',
  },
};

export const settleLit = () =>
  settle(
    'lit',
    /node_modules\/(?:@lit\/)?(?:reactive-element|lit-html|lit-element)\/([\w-]+)\.js$/,
    settled,
  );
