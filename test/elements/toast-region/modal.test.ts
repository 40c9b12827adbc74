import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/elements/inlay-provider/define.js';
import '../../../src/elements/toast-region/define.js';
import type { ToastRegion } from '../../../src/elements/toast-region/toast-region.js';
import { notify, type Notice } from '../../../src/runtime/index.js';
import { all, button, one, textOf } from '../../helpers/dom.js';
import { mountPeople } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { holdTimers } from '../../helpers/timers.js';
import { until } from '../../helpers/until.js';

describe('<toast-region> and modal dialogs', () => {
  const stage = useStage();
  let timers: ReturnType<typeof holdTimers>;
  let undone = 0;
  beforeEach(() => {
    timers = holdTimers();
    undone = 0;
  });
  afterEach(() => timers.restore());

  const saved = (): Notice => ({
    tone: 'success',
    message: 'user.updated',
    values: { name: 'Ada' },
    undo: () => void (undone += 1),
  });
  const region = () => {
    const find = (root: ParentNode): ToastRegion | undefined => {
      for (const each of root.querySelectorAll('*')) {
        const found =
          each.localName === 'toast-region' ? each : each.shadowRoot && find(each.shadowRoot);
        if (found) return found as ToastRegion;
      }
      return undefined;
    };
    return find(document)!;
  };
  const dialogOf = (markup = '<dialog><button>In it</button></dialog>') =>
    stage.mount<HTMLElement>(markup).closest('div')!.querySelector('dialog')!;

  /** As a reader does: what is inert lets the pointer through. */
  async function pressUndo(): Promise<void> {
    await region().updateComplete;
    const { x, y, width, height } = button(region(), 'Undo').getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    await sendMouse({ type: 'click', position });
  }

  it('can be pressed, read and reached where one is open', async () => {
    const dialog = dialogOf();
    dialog.showModal();
    notify(saved());
    await region().updateComplete;
    expect(dialog.contains(region()), 'its announcements are heard').to.equal(true);
    await pressUndo();
    expect(undone).to.equal(1);
    expect(dialog.open).to.equal(true);
  });

  it('come along when one is opened, and go back when it closes', async () => {
    const place = stage.mount<HTMLElement>('<section><toast-region></toast-region></section>');
    notify(saved());
    await region().updateComplete;
    const [toast] = all(region(), '.toast');
    const dialog = dialogOf();
    dialog.showModal();
    await until(() => dialog.contains(region()), 'they come along');
    expect(region().isConnected && all(region(), '.toast')[0] === toast).to.equal(true);
    dialog.close();
    await until(() => place.firstElementChild === region(), 'they are back');
    expect(place.childNodes.length, 'nothing is left').to.equal(1);
    expect(one(region(), '.root').matches(':popover-open')).to.equal(true);
    await pressUndo();
    expect(undone).to.equal(1);
  });

  it('are in the topmost of several', async () => {
    const [outer, inner] = [dialogOf(), dialogOf()];
    outer.showModal();
    notify(saved());
    await region().updateComplete;
    expect(outer.contains(region())).to.equal(true);
    inner.showModal();
    await until(() => inner.contains(region()), 'in the inner one');
    inner.close();
    await until(() => outer.contains(region()), 'in the outer one');
    outer.close();
    await until(() => region().parentElement === document.body, 'back in the page');
  });

  it('are found in one without the focus, and one of another element', async () => {
    const list = await mountPeople(stage);
    button(list, 'Invite').click();
    const dialog = await until(() => all<HTMLDialogElement>(list, 'dialog')[0], 'it is open');
    (list.shadowRoot!.activeElement as HTMLElement).blur();
    notify(saved());
    await region().updateComplete;
    expect(dialog.contains(region())).to.equal(true);
    expect(timers.count(30_000)).to.equal(1);
    button(list, 'Cancel').click();
    await until(() => region()?.parentElement === document.body, 'back in the page');
    expect(all(list, 'dialog').length).to.equal(0);
    expect(timers.count(30_000), 'its clock goes on').to.equal(1);
    await pressUndo();
    expect(undone).to.equal(1);
  });

  it('survive a dialog that is taken away, with its clocks', async () => {
    const dialog = dialogOf();
    dialog.showModal();
    notify(saved());
    await region().updateComplete;
    dialog.remove();
    await until(() => region()?.parentElement === document.body, 'back in the page');
    expect(timers.count(30_000)).to.equal(1);
    await pressUndo();
    expect(undone).to.equal(1);
  });

  it('leave nothing when they are taken away themselves', async () => {
    const place = stage.mount<HTMLElement>('<section><toast-region></toast-region></section>');
    const dialog = dialogOf();
    dialog.showModal();
    notify(saved());
    await region().updateComplete;
    region().remove();
    expect(timers.count(30_000)).to.equal(0);
    dialog.close();
    await until(() => place.childNodes.length === 0, 'not even its place is kept');
  });

  it('keep what they tell in a dialog with another backend around it', async () => {
    stage.mount<ToastRegion>('<toast-region></toast-region>');
    const dialog = dialogOf(
      '<inlay-provider api="/api/elsewhere"><dialog><button>In it</button></dialog></inlay-provider>',
    );
    dialog.showModal();
    notify(saved());
    await region().updateComplete;
    expect(dialog.contains(region())).to.equal(true);
    expect(
      all(region(), '.toast').map((each) => textOf(each.querySelector('.words')!)),
    ).to.deep.equal(['Ada was changed']);
  });

  it('do the same in browsers that cannot move without taking out', async () => {
    const { moveBefore } = Element.prototype;
    Reflect.deleteProperty(Element.prototype, 'moveBefore');
    try {
      notify(saved());
      await region().updateComplete;
      const dialog = dialogOf();
      dialog.showModal();
      await until(() => dialog.contains(region()), 'they come along');
      expect(timers.count(30_000)).to.equal(1);
      expect(one(region(), '.root').matches(':popover-open')).to.equal(true);
      dialog.close();
      await until(() => region().parentElement === document.body, 'they are back');
      expect(one(region(), '.root').matches(':popover-open')).to.equal(true);
      await pressUndo();
      expect(undone).to.equal(1);
    } finally {
      Element.prototype.moveBefore = moveBefore;
    }
  });
});
