import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { ServerError } from '../../../src/client/index.js';
import '../../../src/elements/toast-region/define.js';
import type { ToastRegion } from '../../../src/elements/toast-region/toast-region.js';
import { notify, type Notice } from '../../../src/runtime/index.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, buttons, nameOf, one, textOf } from '../../helpers/dom.js';
import { mountPeople } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { holdTimers } from '../../helpers/timers.js';
import { until } from '../../helpers/until.js';

const undoTime = 30_000;
const saved: Notice = { tone: 'success', message: 'user.updated', values: { name: 'Ada' } };
const refused: Notice = {
  tone: 'error',
  message: 'write.failed',
  error: new ServerError('Boom', {
    status: 500,
    code: 'INTERNAL',
    request: { method: '', url: '' },
  }),
};

describe('<toast-region>', () => {
  const stage = useStage();
  let timers: ReturnType<typeof holdTimers>;
  beforeEach(() => {
    timers = holdTimers();
  });
  afterEach(async () => {
    timers.restore();
    await resetMouse();
  });

  const texts = (region: Element) => all(region, '.toast .words').map(textOf);
  async function tell(...notices: Notice[]): Promise<ToastRegion> {
    const region =
      document.querySelector('toast-region') ??
      stage.mount<ToastRegion>('<toast-region></toast-region>');
    for (const notice of notices) notify(notice);
    await region.updateComplete;
    return region;
  }
  /** Once all have arrived: what comes is see-through at first. */
  async function expectReadable(region: Element): Promise<void> {
    await Promise.all(
      all(region, '.toast').flatMap((each) => each.getAnimations().map((a) => a.finished)),
    );
    await expectAccessible(region);
  }
  async function hover(region: Element): Promise<void> {
    const { x, y, width, height } = all(region, '.toast').at(-1)!.getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 3), Math.round(y + height / 2)];
    await sendMouse({ type: 'move', position });
  }

  it('shows what was saved, in the top layer, and takes it away after a while', async () => {
    const region = await tell(saved);
    expect(texts(region)).to.deep.equal(['Ada was changed']);
    expect(one(region, '.root').matches(':popover-open')).to.equal(true);
    timers.run(6000);
    await region.updateComplete;
    expect(texts(region)).to.deep.equal([]);
    expect(one(region, '.root').matches(':popover-open')).to.equal(false);
  });

  it('announces success politely and failure at once, with its cause', async () => {
    const region = await tell(saved);
    expect(textOf(one(region, '[role="status"]'))).to.equal('Ada was changed');
    expect(textOf(one(region, '[role="alert"]'))).to.equal('');
    await tell(refused);
    expect(textOf(one(region, '[role="alert"]'))).to.equal('Not saved: The server had a problem.');
  });

  it('announces the same message again when it comes again', async () => {
    const region = await tell(saved);
    const before = [...one(region, '[role="status"]').childNodes];
    await tell({ ...saved });
    expect(textOf(one(region, '[role="status"]'))).to.equal('Ada was changed');
    const after = [...one(region, '[role="status"]').childNodes];
    expect(after.some((node) => node.textContent && !before.includes(node))).to.equal(true);
  });

  it('shows a notification that has come in by its title', async () => {
    const region = await tell();
    await stage.server.notify({ userId: stage.person!.id, title: 'Just in' });
    const { data } = await stage.elsewhere.notifications.list({ limit: 1 });
    await tell({ tone: 'info', notification: data[0]! });
    expect(texts(region)).to.deep.equal(['Just in']);
  });

  it('dismisses one by its button and all by Escape', async () => {
    const region = await tell(saved, refused, { ...saved, message: 'user.restored' });
    expect(texts(region)).to.have.length(3);
    button(region, 'Dismiss').click();
    await region.updateComplete;
    expect(texts(region)).to.deep.equal([
      'Not saved: The server had a problem.',
      'Ada was restored',
    ]);
    let heard = 0;
    region.addEventListener('keydown', () => (heard += 1));
    button(region, 'Dismiss').focus();
    await sendKeys({ press: 'Escape' });
    await region.updateComplete;
    expect(texts(region)).to.deep.equal([]);
    expect(heard, 'what the page hears of it').to.equal(0);
  });

  const shownTexts = (region: Element) =>
    all(region, '.toast')
      .filter((toast) => toast.checkVisibility())
      .map((toast) => textOf(toast.querySelector('.words')!));
  const several = ['A', 'B', 'C', 'D', 'E'].map((name) => ({
    ...saved,
    values: { name },
    undo: () => undefined,
  }));

  it('stacks: the latest three, and all to who turns to them', async () => {
    const region = await tell(...several);
    const latest = ['C', 'D', 'E'].map((name) => `${name} was changed`);
    expect(shownTexts(region)).to.deep.equal(latest);
    expect(textOf(one(region, '.more'))).to.equal('and 2 more');
    await hover(region);
    await until(() => shownTexts(region).length === 5, 'all are shown');
    await resetMouse();
    await until(() => shownTexts(region).length === 3, 'three are shown');
    button(region, 'Dismiss').focus();
    const dismiss = all(region, '.icon').at(-1)!;
    dismiss.focus();
    expect(shownTexts(region).length).to.equal(5);
    await expectReadable(region);
  });

  it('keeps no more than twenty', async () => {
    const region = await tell(
      ...Array.from({ length: 25 }, (_, index) => ({
        ...saved,
        message: 'user.deleted',
        id: `${index}`,
      })),
    );
    expect(texts(region)).to.have.length(20);
    expect(timers.count(6000)).to.equal(20);
  });

  it('folds what says the same of others into one', async () => {
    const region = await tell(saved, { ...saved }, refused, { ...refused });
    expect(texts(region)).to.deep.equal([
      'Ada was changed',
      'Not saved: The server had a problem.',
    ]);
    await tell(...['Uma', 'Bob'].map((name) => ({ ...saved, values: { name } })));
    expect(texts(region)).to.deep.equal([
      'Not saved: The server had a problem.',
      'Bob was changed, and 2 more',
    ]);
    expect(textOf(one(region, '[role="status"]'))).to.equal('Bob was changed, and 2 more');
    expect(timers.count(6000)).to.equal(2);
    await tell({ ...saved, message: 'bulk.changed', values: { count: 5 } });
    await tell({ ...saved, message: 'bulk.changed', values: { count: 7 } });
    expect(texts(region).slice(2)).to.deep.equal([
      '5 people were changed',
      '7 people were changed',
    ]);
  });

  it('offers to undo for as long as the server takes it, and shows how long that is', async () => {
    let undone = 0;
    const undo = () => {
      undone += 1;
    };
    const region = await tell({ ...saved, undo }, refused);
    timers.run(6000);
    await region.updateComplete;
    expect(buttons(region)).to.deep.equal(['Undo', 'Dismiss']);
    const [bar] = one(region, '.time').getAnimations();
    expect(bar!.effect!.getTiming().duration).to.equal(undoTime);
    button(region, 'Undo').click();
    await region.updateComplete;
    expect(undone).to.equal(1);
    expect(texts(region)).to.deep.equal([]);
    expect(timers.count(undoTime)).to.equal(0);
    await tell({ ...saved, undo });
    timers.run(undoTime);
    await region.updateComplete;
    expect(texts(region)).to.deep.equal([]);
  });

  it('offers no undo that is too late, but stays in the reader’s hands', async () => {
    const region = await tell({ ...saved, undo: () => undefined });
    button(region, 'Undo').focus();
    timers.run(undoTime);
    await until(() => buttons(region).join() === 'Dismiss', 'there is no undo');
    expect(nameOf(region.shadowRoot!.activeElement!)).to.equal('Dismiss');
    expect(texts(region)).to.deep.equal(['Ada was changed']);
    button(region, 'Dismiss').blur();
    await until(() => timers.count(6000) === 1, 'its clock goes on');
  });

  it('is reached by a key, which is announced, and left by it', async () => {
    const field = stage.mount<HTMLInputElement>('<input aria-label="of the page">');
    field.focus();
    const region = await tell({ ...saved, undo: () => undefined }, refused);
    await tell({ ...saved, action: { label: 'action.retry', run: () => undefined } });
    expect(textOf(one(region, '[role="status"]'))).to.equal(
      'Ada was changed. Press F8 for “Try again”.',
    );
    const focused = () => nameOf(region.shadowRoot!.activeElement ?? document.activeElement!);
    await sendKeys({ press: 'F8' });
    expect(focused()).to.equal('Try again');
    await sendKeys({ press: 'F8' });
    expect(focused()).to.equal('of the page');
    await sendKeys({ press: 'F8' });
    await sendKeys({ press: 'Enter' });
    await region.updateComplete;
    expect(focused()).to.equal('Dismiss');
    region.hotkey = 'F9';
    await sendKeys({ press: 'F8' });
    expect(focused()).to.equal('Dismiss');
    await sendKeys({ press: 'F9' });
    expect(focused()).to.equal('of the page');
    region.clear();
    await region.updateComplete;
    await sendKeys({ press: 'F9' });
    expect(focused()).to.equal('of the page');
  });

  it('keeps nothing that was told to one person for the next', async () => {
    const region = await tell({ ...saved, undo: () => undefined }, refused);
    expect(all(region, '.toast').length).to.equal(2);
    await stage.signIn('user');
    await region.updateComplete;
    expect(textOf(region)).to.equal('');
  });

  it('gives the focus back into the element it came from', async () => {
    const list = await mountPeople(stage);
    const field = one<HTMLInputElement>(list, 'input');
    field.focus();
    const region = await tell(saved);
    await sendKeys({ press: 'F8' });
    expect(list.shadowRoot!.activeElement === null).to.equal(true);
    await sendKeys({ press: 'Enter' });
    await region.updateComplete;
    expect(list.shadowRoot!.activeElement === field).to.equal(true);
  });

  it('gives it back after a press of the mouse, to what had it last in another element', async () => {
    const list = await mountPeople(stage);
    const [before, field] = all(list, 'input, select, button').slice(0, 2);
    before!.focus();
    const region = await tell({ ...saved, undo: () => undefined });
    field!.focus();
    const { x, y, width, height } = button(region, 'Undo').getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    await sendMouse({ type: 'click', position });
    await until(() => texts(region).length === 0, 'it has left');
    expect(list.shadowRoot!.activeElement === field).to.equal(true);
  });

  it('shows how far something is, announced when it begins and ends', async () => {
    const under = (done: number): Notice => ({
      tone: 'info',
      id: 'bulk',
      message: 'users.count',
      values: { count: done },
      progress: done / 10,
    });
    const region = await tell(under(0));
    const said = () => textOf(one(region, '[role="status"]'));
    expect(said()).to.equal('0 people');
    await tell(under(5));
    expect(texts(region)).to.deep.equal(['5 people']);
    expect(one<HTMLProgressElement>(region, 'progress').value).to.equal(0.5);
    expect(said()).to.equal('0 people');
    expect(timers.count(6000)).to.equal(0);
    await expectReadable(region);
    await tell({ tone: 'success', id: 'bulk', message: 'bulk.changed', values: { count: 10 } });
    expect(texts(region)).to.deep.equal(['10 people were changed']);
    expect(said()).to.equal('10 people were changed');
    expect(all(region, 'progress').length).to.equal(0);
    expect(timers.count(6000)).to.equal(1);
  });

  it('leads to where a notification points, if that is safe', async () => {
    const region = await tell();
    await stage.server.notify({ userId: stage.person!.id, title: '<b>Just in</b>' });
    const { data } = await stage.elsewhere.notifications.list({ limit: 1 });
    const notification = data[0]!;
    await tell({ tone: 'info', notification: { ...notification, href: '/projects/1' } });
    expect(one(region, '.words a').getAttribute('href')).to.equal('/projects/1');
    expect(texts(region)).to.deep.equal(['<b>Just in</b>']);
    await tell({
      tone: 'info',
      notification: { ...notification, id: 'evil', title: 'Evil', href: 'javascript:alert(1)' },
    });
    expect(all(region, '.words a').length).to.equal(1);
  });

  it('leaves by a swipe to either side, and comes back from a short one', async () => {
    const region = await tell(saved, refused);
    const swipe = async (pointerType: string, by: number) => {
      const toast = one(region, '.toast');
      const send = (type: string, clientX: number) =>
        toast.dispatchEvent(new PointerEvent(type, { pointerType, clientX, pointerId: 7 }));
      send('pointerdown', 300);
      send('pointermove', 300 + by);
      const { translate } = toast.style;
      send('pointerup', 300 + by);
      await region.updateComplete;
      return translate;
    };
    expect(await swipe('touch', 60)).to.equal('60px');
    expect(one(region, '.toast').style.translate).to.equal('');
    await swipe('mouse', 200);
    expect(texts(region)).to.have.length(2);
    await swipe('touch', 120);
    await swipe('pen', -120);
    expect(texts(region)).to.deep.equal([]);
  });

  it('stops its clocks while the reader looks at another window', async () => {
    const { hasFocus } = document;
    const region = await tell(saved);
    document.hasFocus = () => false;
    window.dispatchEvent(new Event('blur'));
    expect(timers.count(6000)).to.equal(0);
    await tell(refused);
    expect(texts(region)).to.have.length(2);
    expect(timers.count(6000)).to.equal(0);
    document.hasFocus = hasFocus;
    window.dispatchEvent(new Event('focus'));
    expect(timers.count(6000)).to.equal(2);
  });

  it('stops its clocks while the pointer is on it', async () => {
    const region = await tell(saved);
    await hover(region);
    await until(() => timers.count(6000) === 0, 'the clocks stand still');
    await tell(refused);
    expect(timers.count(6000)).to.equal(0);
    await sendMouse({ type: 'move', position: [1, 1] });
    await until(() => timers.count(6000) === 2, 'the clocks go on');
  });

  it('stops its clocks while the focus is in it, also when another comes', async () => {
    const region = await tell(saved);
    button(region, 'Dismiss').focus();
    expect(timers.count(6000)).to.equal(0);
    await tell(refused);
    expect(region.shadowRoot!.activeElement?.ariaLabel).to.equal('Dismiss');
    expect(timers.count(6000)).to.equal(0);
    button(region, 'Dismiss').blur();
    await until(() => timers.count(6000) === 2, 'the clocks go on');
  });

  it('hands the focus on when the focused one is dismissed, and back at the end', async () => {
    const field = stage.mount<HTMLInputElement>('<input aria-label="of the page">');
    field.focus();
    const region = await tell(saved, refused);
    button(region, 'Dismiss').focus();
    await sendKeys({ press: 'Enter' });
    await region.updateComplete;
    expect(texts(region)).to.have.length(1);
    expect(region.shadowRoot!.activeElement?.ariaLabel).to.equal('Dismiss');
    await sendKeys({ press: 'Enter' });
    await region.updateComplete;
    expect(texts(region)).to.have.length(0);
    expect(document.activeElement?.ariaLabel).to.equal('of the page');
  });

  it('goes on with its clocks when the focused one has been dismissed', async () => {
    const region = await tell(saved, refused);
    const dismiss = button(region, 'Dismiss');
    dismiss.focus();
    dismiss.click();
    await region.updateComplete;
    (region.shadowRoot!.activeElement as HTMLElement | null)?.blur();
    await until(() => timers.count(6000) === 1, 'the clock of the other goes on');
  });

  it('shows what is wrong with its duration, and mends when it is corrected', async () => {
    const region = await tell(saved);
    region.setAttribute('duration', '10');
    await region.updateComplete;
    expect(textOf(one(region, '[part="notice"]'))).to.equal(
      'duration must be a whole number from 2000 to 3600000, got "10".',
    );
    region.setAttribute('duration', '3000');
    await region.updateComplete;
    expect(all(region, '[part="notice"]').length).to.equal(0);
    await tell(refused);
    expect(timers.count(3000)).to.equal(1);
  });

  it('leaves no clock running when it is removed', async () => {
    const region = await tell(saved, { ...saved, undo: () => undefined });
    region.remove();
    expect(timers.count(6000) + timers.count(undoTime)).to.equal(0);
    notify(refused);
    expect(texts(region)).to.have.length(2);
  });

  it('has no accessibility violation, light and dark, wide and narrow', async () => {
    const region = await tell(saved, refused, {
      tone: 'warning',
      message: 'user.deleted',
      values: { name: 'Ada'.repeat(20) },
      undo: () => undefined,
    });
    await expectReadable(region);
    const { left, right } = one(region, '.root').getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(innerWidth);
  });
});
