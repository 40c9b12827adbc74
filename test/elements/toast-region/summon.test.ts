import { expect } from '@open-wc/testing';
import '../../../src/elements/toast-region/define.js';
import { button, textOf } from '../../helpers/dom.js';
import { enter } from '../../helpers/dom.js';
import { mountPeople, peopleOf, roleOf, rowOf } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('a page without a <toast-region>', () => {
  const stage = useStage();
  const region = () => document.querySelector('toast-region');
  const told = (text: string) =>
    until(() => region() && textOf(region()!).includes(text), `"${text}" is told`);

  it('gets one when there is something to tell, and one only', async () => {
    const list = await mountPeople(stage);
    const { name } = (await peopleOf(stage)).find(({ role }) => role === 'user')!;
    expect(region() === null).to.equal(true);
    enter(roleOf(list, name), 'moderator');
    await told(`${name} was changed`);
    enter(roleOf(list, name), 'user');
    await until(() => region()!.shadowRoot!.querySelectorAll('.toast').length === 2, 'both told');
    expect(document.querySelectorAll('toast-region').length).to.equal(1);
  });

  it('can undo a deletion there', async () => {
    const list = await mountPeople(stage);
    const { name } = (await peopleOf(stage)).find(({ role }) => role === 'user')!;
    button(list, `Delete ${name}`).click();
    await told(`${name} was deleted`);
    button(region()!, 'Undo').click();
    await until(() => rowOf(list, name), 'the person is back');
    await told(`${name} is back`);
  });

  it('is told of a notification once, however many elements there are', async () => {
    await mountPeople(stage);
    await stage.settled();
    stage.mount('<notification-feed></notification-feed><notification-feed></notification-feed>');
    await import('../../../src/elements/notification-feed/define.js');
    await until(() => stage.count('/notifications?') === 1, 'notifications are asked for');
    await stage.settled();
    await stage.server.notify({ userId: stage.person!.id, title: 'Just in' });
    await told('Just in');
    expect(region()!.shadowRoot!.querySelectorAll('.toast').length).to.equal(1);
  });
});
