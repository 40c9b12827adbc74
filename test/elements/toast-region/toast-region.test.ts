import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { ServerError } from '../../../src/client/index.js';
import '../../../src/elements/toast-region/define.js';
import type { ToastRegion } from '../../../src/elements/toast-region/toast-region.js';
import { notify, type Notice } from '../../../src/runtime/index.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, buttons, one, textOf } from '../../helpers/dom.js';
import { useStage } from '../../helpers/stage.js';
import { holdTimers } from '../../helpers/timers.js';
import { until } from '../../helpers/until.js';

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
  async function hover(region: Element): Promise<void> {
    const { x, y, width, height } = one(region, '.toast').getBoundingClientRect();
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
    const region = await tell(saved, refused, { ...saved, values: { name: 'Uma' } });
    expect(texts(region)).to.have.length(3);
    button(region, 'Dismiss').click();
    await region.updateComplete;
    expect(texts(region)).to.deep.equal([
      'Not saved: The server had a problem.',
      'Uma was changed',
    ]);
    button(region, 'Dismiss').focus();
    await sendKeys({ press: 'Escape' });
    await region.updateComplete;
    expect(texts(region)).to.deep.equal([]);
  });

  it('keeps at most four', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F'];
    const region = await tell(...names.map((name) => ({ ...saved, values: { name } })));
    expect(texts(region)).to.deep.equal(['C', 'D', 'E', 'F'].map((name) => `${name} was changed`));
    timers.run(6000);
    await region.updateComplete;
    expect(texts(region)).to.deep.equal([]);
  });

  it('offers to undo, for twice as long', async () => {
    let undone = 0;
    const undo = () => {
      undone += 1;
    };
    const region = await tell({ ...saved, undo }, saved);
    timers.run(6000);
    await region.updateComplete;
    expect(buttons(region)).to.deep.equal(['Undo', 'Dismiss']);
    button(region, 'Undo').click();
    await region.updateComplete;
    expect(undone).to.equal(1);
    expect(texts(region)).to.deep.equal([]);
    expect(timers.count(12_000)).to.equal(0);
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
    expect(timers.count(6000) + timers.count(12_000)).to.equal(0);
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
    await Promise.all(
      all(region, '.toast').flatMap((each) => each.getAnimations().map((a) => a.finished)),
    );
    await expectAccessible(region);
    const { left, right } = one(region, '.root').getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(innerWidth);
  });
});
