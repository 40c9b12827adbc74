import { expect } from '@open-wc/testing';
import { define } from '../../src/kit/define.js';

class Probe extends HTMLElement {}
class Other extends HTMLElement {}

describe('define', () => {
  let warnings: string[];
  const { warn } = console;
  beforeEach(() => {
    warnings = [];
    console.warn = (message: string) => warnings.push(message);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('registers a class once, and silently not again', () => {
    define('kit-probe', Probe);
    define('kit-probe', Probe);
    expect(customElements.get('kit-probe')).to.equal(Probe);
    expect(warnings).to.deep.equal([]);
  });

  it('is no error for a second copy of the same script', () => {
    define('kit-probe', Other);
    expect(customElements.get('kit-probe')).to.equal(Probe);
    expect(warnings).to.deep.equal([]);
  });

  it('registers the same class under a prefix too', () => {
    define('kit-probe', Probe, 'acme');
    const made = document.createElement('acme-kit-probe');
    expect(made).to.be.instanceOf(Probe);
    expect(document.createElement('kit-probe')).to.be.instanceOf(Probe);
  });

  it('leaves a name that the page has taken, and says what helps', () => {
    customElements.define('kit-taken', class extends HTMLElement {});
    const held = customElements.get('kit-taken');
    define('kit-taken', Other);
    expect(customElements.get('kit-taken')).to.equal(held);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/<kit-taken> of its own.*data-prefix/);
    define('kit-taken', Other, 'acme');
    expect(document.createElement('acme-kit-taken')).to.be.instanceOf(Other);
  });
});
