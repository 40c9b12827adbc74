import { expect } from '@open-wc/testing';
import { mountAll } from '../../src/kit/mount.js';
import { UserList } from '../../src/elements/user-list/user-list.js';
import { until } from '../helpers/until.js';

class MountProbe extends HTMLElement {
  static readonly observedAttributes = ['page-size', 'filter'];
}

describe('mount points', () => {
  const place = document.createElement('div');
  const inside = (selector: string) => place.querySelector(selector);

  before(() => {
    customElements.define('mount-probe', MountProbe);
    customElements.define('acme-mount-probe', class extends MountProbe {});
    document.body.append(place);
    place.innerHTML = '<div id="early" data-inlay="mount-probe" data-page-size="5"></div>';
    mountAll({ 'mount-probe': MountProbe, 'inlay-provider': MountProbe });
  });
  afterEach(() => place.replaceChildren());

  it('become the element, with its own attributes', () => {
    const made = inside('#early > mount-probe')!;
    expect(made).to.be.instanceOf(MountProbe);
    expect(made.getAttribute('page-size')).to.equal('5');
    expect(made.hasAttribute('filter')).to.equal(false);
  });

  it('are found when they come later, also deep inside', async () => {
    place.innerHTML = '<p><span data-inlay="mount-probe"></span></p>';
    await until(() => inside('span > mount-probe'), 'it is mounted');
    const late = document.createElement('div');
    late.dataset['inlay'] = 'mount-probe';
    place.append(late);
    await until(() => late.firstElementChild, 'it is mounted');
  });

  it('are mounted once, wherever they are moved', async () => {
    place.innerHTML = '<div id="a" data-inlay="mount-probe"></div><p></p>';
    const point = await until(() => inside('#a:has(mount-probe)'), 'it is mounted');
    inside('p')!.append(point);
    place.append(document.createElement('i'));
    await until(() => inside('i'), 'the page has changed');
    expect(place.querySelectorAll('mount-probe').length).to.equal(1);
  });

  it('keep what stood there as the fallback of the element', async () => {
    place.innerHTML = '<div data-inlay="mount-probe"><a href="/people">People</a></div>';
    await until(() => inside('mount-probe > a'), 'it is mounted');
    expect(inside('mount-probe')!.textContent).to.equal('People');
  });

  it('take no backend, token, handler or style from markup', async () => {
    place.innerHTML = `<div data-inlay="mount-probe" data-api="https://evil.example"
      data-token="x" data-base-url="https://evil.example" data-onclick="throw 1"
      data-onload="throw 1" data-style="all:unset" data-configuration="{}" data-filter="ok"></div>`;
    const made = await until(() => inside('mount-probe'), 'it is mounted');
    expect(made.getAttributeNames()).to.deep.equal(['filter']);
  });

  it('of the list of people take nothing but how it looks at people', () => {
    expect([...UserList.observedAttributes].sort()).to.deep.equal([
      'item-actions',
      'page',
      'page-size',
      'paging',
      'role-filter',
      'search',
      'selected-id',
      'sort',
      'status-filter',
    ]);
  });

  it('ignore unknown names, and providers', async () => {
    place.innerHTML = `<div data-inlay="constructor"></div><div data-inlay="script"></div>
      <div data-inlay=""></div><div data-inlay="inlay-provider"></div>
      <div id="last" data-inlay="mount-probe"></div>`;
    await until(() => inside('#last > mount-probe'), 'the last is mounted');
    expect(place.querySelectorAll('[data-inlay] > *').length).to.equal(1);
  });

  it('use the prefix of the script', async () => {
    mountAll({ 'prefixed-probe': MountProbe }, 'acme');
    place.innerHTML = '<div data-inlay="prefixed-probe"></div>';
    await until(() => inside('acme-prefixed-probe'), 'it is mounted');
  });
});
