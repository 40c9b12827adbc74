import { expect } from '@open-wc/testing';
import { createBrowserServer } from '../../../mock-server/browser/index.js';
import { InlayProvider } from '../../../src/elements/inlay-provider/inlay-provider.js';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { all, blankOf, one, textOf } from '../../helpers/dom.js';
import { names, rows } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const origin = 'https://other.example';

describe('<inlay-provider>', () => {
  const stage = useStage();
  before(async () => {
    await import('../../../src/elements/inlay-provider/define.js');
  });
  const shown = (list: Element, count: number) =>
    until(() => rows(list).length === count, `${count} people are shown`);

  async function openOther() {
    const other = createBrowserServer({ origin, users: 7 });
    stage.add(other);
    const { accessToken } = await other.signIn('admin@inlay.test');
    return { other, getToken: () => accessToken };
  }

  function mountBoth(configuration: InlayProvider['configuration']) {
    const place = stage.mount<HTMLElement>(
      `<section><user-list></user-list>
        <inlay-provider api="${origin}/api"><user-list></user-list></inlay-provider></section>`,
    );
    const provider = place.querySelector<InlayProvider>('inlay-provider')!;
    provider.configuration = configuration;
    return { provider, lists: [...place.querySelectorAll('user-list')] as [UserList, UserList] };
  }

  it('gives the elements inside another backend, and leaves those outside theirs', async () => {
    const { other, getToken } = await openOther();
    const { lists } = mountBoth({ getToken });
    await shown(lists[0], 20);
    await shown(lists[1], 7);
    await until(() => other.hub.counters.connections === 1, 'the other stream is open');
    await stage.settled();
    await other.act({ create: 1 });
    await shown(lists[1], 8);
    expect(textOf(one(lists[0], '.count'))).to.equal('30 people');
  });

  it('sends the page’s token to no other backend', async () => {
    const { other } = await openOther();
    expect(other.hub.counters.connections).to.equal(0);
    const { lists } = mountBoth({});
    await until(() => all(lists[1], '.blank').length > 0, 'a message is shown');
    expect(blankOf(lists[1])).to.equal('Sign in to see this');
    await shown(lists[0], 20);
  });

  it('lets go of its backend when it is removed, and comes back with it', async () => {
    const { other, getToken } = await openOther();
    const { provider, lists } = mountBoth({ getToken });
    await shown(lists[1], 7);
    await until(() => other.hub.counters.connections === 1, 'the other stream is open');
    const { parentElement } = provider;
    provider.remove();
    await until(() => other.hub.counters.connections === 0, 'the other stream is closed');
    parentElement!.append(provider);
    await until(() => other.hub.counters.connections === 1, 'the other stream is open');
    await shown(lists[1], 7);
  });

  it('gives a theme without taking the backend', async () => {
    const provider = stage.mount<InlayProvider>(
      '<inlay-provider theme="dark"><user-list></user-list></inlay-provider>',
    );
    const list = provider.firstElementChild as UserList;
    await shown(list, 20);
    expect(getComputedStyle(one(list, '.root')).colorScheme).to.equal('dark');
    provider.theme = 'light';
    await until(() => getComputedStyle(one(list, '.root')).colorScheme === 'light', 'it is light');
    expect(stage.count('/api/users?')).to.equal(1);
    provider.removeAttribute('theme');
    await until(() => one(list, '.root').matches('.auto'), 'it is the page’s');
  });

  it('follows its attributes', async () => {
    const { getToken } = await openOther();
    const provider = stage.mount<InlayProvider>(
      '<inlay-provider><user-list></user-list></inlay-provider>',
    );
    const list = provider.firstElementChild as UserList;
    await shown(list, 20);
    provider.configuration = { getToken };
    provider.setAttribute('api', `${origin}/api`);
    await shown(list, 7);
    provider.removeAttribute('api');
    provider.configuration = {};
    await shown(list, 20);
  });

  it('shows a wrong address in the elements inside, which mend when it is corrected', async () => {
    const { getToken } = await openOther();
    const { provider, lists } = mountBoth({ getToken });
    provider.api = 'other.example/api';
    await until(() => all(lists[1], '.blank').length > 0, 'a message is shown');
    expect(blankOf(lists[1])).to.contain('must be absolute or start with "/"');
    await shown(lists[0], 20);
    provider.api = `${origin}/api`;
    await shown(lists[1], 7);
  });

  it('may be defined after the elements inside', async () => {
    const place = stage.mount<HTMLElement>(
      '<late-inlay-provider api="/elsewhere"><user-list></user-list></late-inlay-provider>',
    );
    const list = place.firstElementChild as UserList;
    await list.updateComplete;
    expect(stage.requests).to.deep.equal([]);
    expect(all(list, '.bone').length).to.be.greaterThan(0);
    place.setAttribute('api', '');
    customElements.define('late-inlay-provider', class extends InlayProvider {});
    await shown(list, 20);
  });

  it('leaves the elements inside in the page’s own tree and style', async () => {
    const provider = stage.mount<InlayProvider>(
      '<inlay-provider><p>Plain</p><user-list></user-list></inlay-provider>',
    );
    expect(provider.shadowRoot === null).to.equal(true);
    const list = provider.lastElementChild as UserList;
    await shown(list, 20);
    expect(names(list)).to.have.length(20);
  });
});
