import { settle } from './settle.js';

/**
 * Expressions of Lit, as it is published, that have one and the same value in the scripts: no
 * element of theirs has decorators, converters or defaults of its own that are reflected, no
 * template is SVG or MathML alone or has something to fill in within a text area, and browsers
 * need no polyfills. It saves 0.4 kB (gzip).
 */
const settled = {
  'reactive-element': {
    'this.constructor.l?.forEach(t=>t(this))': '0',
    'void 0!==t.l&&(this.l=[...t.l])': '0',
    'Symbol.metadata??=Symbol("metadata")': '0',
    'a.litPropertyMetadata??=new WeakMap': '0',
    'this[Symbol.metadata]': 'null',
    'p?.({ReactiveElement:y})': '0',
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
  },
  'lit-element': {
    's.litElementHydrateSupport?.({LitElement:i})': '0',
    'o?.({LitElement:i})': '0',
  },
};

export const settleLit = () =>
  settle(
    'lit',
    /node_modules\/(?:@lit\/)?(?:reactive-element|lit-html|lit-element)\/([\w-]+)\.js$/,
    settled,
  );
