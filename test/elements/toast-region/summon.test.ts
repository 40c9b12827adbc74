import { expect } from '@open-wc/testing';
import { deleteUserOptions, mutate, updateUserOptions } from '../../../src/data/index.js';
import '../../../src/elements/toast-region/define.js';
import { getRuntime } from '../../../src/runtime/index.js';
import { all, button, textOf } from '../../helpers/dom.js';
import { mountPeople, peopleOf, rowOf } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('a page without a <toast-region>', () => {
  const stage = useStage();
  const region = () => document.querySelector('toast-region');
  const told = (text: string) =>
    until(() => region() && textOf(region()!).includes(text), `"${text}" is told`);
  const somebody = async () => (await peopleOf(stage)).find(({ role }) => role === 'user')!;

  it('gets one when there is something to tell, and one only', async () => {
    const { queries, api } = getRuntime();
    const { id, name } = await somebody();
    expect(region() === null).to.equal(true);
    await mutate(queries, updateUserOptions(api), { id, role: 'moderator' });
    await told(`${name} was changed`);
    await mutate(queries, updateUserOptions(api), { id, name: 'Nora Norman' });
    await told('Nora Norman was changed, and 1 more');
    expect(document.querySelectorAll('toast-region').length).to.equal(1);
    expect(stage.count('/notifications'), 'it asks for nothing').to.equal(0);
  });

  it('can undo a deletion there', async () => {
    const list = await mountPeople(stage);
    const { queries, api } = getRuntime();
    const { id, name } = await somebody();
    await mutate(queries, deleteUserOptions(api), { id });
    await told(`${name} was deleted`);
    await until(() => !rowOf(list, name), 'the person is gone');
    button(region()!, 'Undo').click();
    await until(() => rowOf(list, name), 'the person is back');
    await told(`${name} was restored`);
  });

  it('is told of a notification once, however many elements there are', async () => {
    await import('../../../src/elements/notification-bell/define.js');
    stage.mount('<notification-bell></notification-bell><notification-bell></notification-bell>');
    await until(() => stage.count('/notifications/counts') === 1, 'they are counted');
    await stage.settled();
    await stage.server.notify({ userId: stage.person!.id, title: 'Just in' });
    await told('Just in');
    expect(all(region()!, '.toast').length).to.equal(1);
  });

  it('tells nothing where the page does it, in the language of the page', async () => {
    document.documentElement.lang = 'xx';
    const texts: string[] = [];
    const take = (event: DocumentEventMap['inlay-notice']) => {
      event.preventDefault();
      texts.push(`${event.notice.tone}: ${event.text}`);
    };
    document.addEventListener('inlay-notice', take);
    const { queries, api } = getRuntime();
    const { id, name } = await somebody();
    await mutate(queries, updateUserOptions(api), { id, role: 'moderator' });
    await region()!.updateComplete;
    document.removeEventListener('inlay-notice', take);
    expect(texts).to.deep.equal([`success: ${name} was changed`]);
    expect(all(region()!, '.toast').length).to.equal(0);
    expect(textOf(region()!)).to.equal('');
  });
});
