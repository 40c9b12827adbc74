import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';

class EnvironmentProbe extends LitElement {
  static override properties = { name: {} };
  name = 'nobody';

  override render() {
    return html`<p>Hello, ${this.name}</p>`;
  }
}
customElements.define('environment-probe', EnvironmentProbe);

describe('the browser of the tests', () => {
  it('compiles class fields so that a property change renders', async () => {
    const probe = await fixture<EnvironmentProbe>(html`<environment-probe></environment-probe>`);
    probe.name = 'Ada';
    await probe.updateComplete;
    expect(probe.shadowRoot!.textContent).to.equal('Hello, Ada');
  });

  it('is visible and paints frames', async () => {
    expect(document.visibilityState).to.equal('visible');
    await new Promise(requestAnimationFrame);
  });

  it('has a font to draw text with', async () => {
    const text = await fixture<HTMLElement>(html`<span>iiii MMMM</span>`);
    const narrow = await fixture<HTMLElement>(html`<span>iiii</span>`);
    expect(narrow.offsetWidth).to.be.within(1, text.offsetWidth - 1);
  });

  it("serves the mock worker from MSW's package", async () => {
    const response = await fetch('/mockServiceWorker.js');
    expect(response.ok).to.equal(true);
    expect(response.headers.get('content-type')).to.contain('javascript');
  });

  it('loads the query core', async () => {
    const { QueryClient } = await import('@tanstack/query-core');
    expect(new QueryClient().isFetching()).to.equal(0);
  });
});
