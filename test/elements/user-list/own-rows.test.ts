import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import type { UserList } from '../../../src/elements/user-list/user-list.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, one, textOf } from '../../helpers/dom.js';
import { peopleOf, untilEditable } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

const cells = (list: Element) => all(list, '.rows .whole');
const filled = `<user-list><template slot="row">
  <b part="who" data-field="name"></b> <i data-field="role"></i> <u data-field="constructor"></u>
</template></user-list>`;

describe('<user-list> with rows of the page’s own', () => {
  const stage = useStage();

  async function mount(markup = '<user-list></user-list>'): Promise<UserList> {
    const list = stage.mount<UserList>(markup);
    await untilEditable(list);
    return list;
  }

  it('fills a template’s places with text, in one cell between check box and menu', async () => {
    const list = await mount(filled);
    const [first] = await peopleOf(stage);
    await stage.elsewhere.users.update({ id: first!.id, name: '<img src=x>', role: 'moderator' });
    await until(() => textOf(cells(list)[0]!) === '<img src=x> Moderator', 'it is live');
    expect(all(list, '.rows img').length).to.equal(0);
    expect(one(list, '#scroller').ariaColCount).to.equal('3');
    expect(all(list, '.rows > :first-child > [role="gridcell"]').length).to.equal(3);
    expect(all(list, '[role="columnheader"]').map(textOf)).to.deep.equal(['', 'People', 'Actions']);
    await expectAccessible(list);
    list.parentElement!.style.inlineSize = '320px';
    await expectAccessible(list);
    const { left, right } = cells(list)[0]!.getBoundingClientRect();
    expect(right - left).to.be.greaterThan(180);
  });

  it('takes a template that comes, and gives the columns back when it goes', async () => {
    const list = await mount();
    const template = document.createElement('template');
    template.slot = 'row';
    template.innerHTML = '<span data-field="email"></span>';
    list.append(template);
    const [first] = await peopleOf(stage);
    await until(() => cells(list)[0]?.textContent?.trim() === first!.email, 'it is used');
    template.remove();
    await until(() => cells(list).length === 0, 'the columns are back');
    expect(textOf(one(list, '.rows .email'))).to.equal(first!.email);
  });

  for (const [kind, draw] of [
    ['a text', (name: string) => `<b>${name}</b>`],
    ['a node', (name: string) => new Text(`<b>${name}</b>`)],
    ['a Lit template', (name: string) => html`<em>${`<b>${name}</b>`}</em>`],
  ] as const) {
    it(`shows ${kind} that a function gives`, async () => {
      const list = await mount();
      list.rowTemplate = ({ name }) => draw(name);
      await list.updateComplete;
      const [first] = await peopleOf(stage);
      expect(textOf(cells(list)[0]!)).to.equal(`<b>${first!.name}</b>`);
      expect(all(list, '.rows b').length).to.equal(0);
    });
  }

  it('chooses a person by a click or Enter, but not by what stands in the row to press', async () => {
    const list = await mount();
    const chosen: string[] = [];
    list.addEventListener('inlay-select', ({ item }) => chosen.push(item.id));
    list.rowTemplate = ({ name }) => html`<p>${name}</p>`;
    await list.updateComplete;
    one(list, '.whole p').click();
    cells(list)[1]!.focus();
    await sendKeys({ press: 'Enter' });
    const [first, second] = await peopleOf(stage);
    expect(chosen).to.deep.equal([first!.id, second!.id]);
    list.rowTemplate = ({ name }) => html`<button type="button">${name}</button>`;
    await list.updateComplete;
    one(list, '.whole button').click();
    expect(chosen.length).to.equal(2);
  });
});
