import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { FormDialog } from '../../src/kit/dialog.js';
import { InlayElement } from '../../src/kit/element.js';
import { field } from '../../src/kit/field.js';
import { formStyles } from '../../src/kit/form.styles.js';
import { shared } from '../../src/kit/styles.js';
import { getRuntime } from '../../src/runtime/index.js';
import { expectAccessible } from '../helpers/axe.js';
import { all, button, enter, nameOf, one, textOf } from '../helpers/dom.js';
import { useStage } from '../helpers/stage.js';
import { until } from '../helpers/until.js';

class Inviter extends InlayElement {
  static override styles = [shared, formStyles];
  readonly sent: unknown[] = [];
  answer: () => Promise<unknown> = () => Promise.resolve();
  readonly dialog = new FormDialog(this, { name: '', role: 'user' });

  protected override render() {
    const { form } = this.dialog;
    return html`<div class=${this.rootClass}>
      <button
        class="button"
        type="button"
        @click=${() => this.dialog.open({ name: '', role: 'user' })}
      >
        Invite
      </button>
      ${this.dialog.render('en', () => ({
        title: 'Invite somebody',
        submit: 'Send',
        fields: [
          field(form, 'name', 'Name', { required: true }),
          field(form, 'role', 'Role', {
            options: [
              ['user', 'User'],
              ['admin', 'Admin'],
            ],
          }),
        ],
        send: (draft) =>
          form.save(
            'users.create',
            () => ({ mutationFn: () => this.answer(), meta: { failure: 'write.failed' } }),
            this.sent.push(draft),
          ),
      }))}
    </div>`;
  }
}
customElements.define('test-inviter', Inviter);

describe('a form in a dialog', () => {
  const stage = useStage();
  const mount = async () => {
    const host = stage.mount<Inviter>('<test-inviter></test-inviter>');
    await host.updateComplete;
    const opener = button(host, 'Invite');
    opener.focus();
    opener.click();
    const dialog = await until(() => all<HTMLDialogElement>(host, 'dialog[open]')[0], 'it opens');
    return { host, opener, dialog };
  };
  const closes = (host: Inviter) =>
    until(() => all(host, 'dialog').length === 0, 'the dialog has closed');
  const type = async (host: Inviter, text: string) => {
    enter(one<HTMLInputElement>(host, '#name'), text);
    await host.updateComplete;
  };
  const escape = async (host: Inviter) => {
    await sendKeys({ press: 'Escape' });
    await host.updateComplete;
  };

  it('is modal and named, has the focus in its first field, and no violation', async () => {
    const { host, dialog } = await mount();
    expect(dialog.matches(':modal')).to.equal(true);
    expect(textOf(one(host, `#${dialog.getAttribute('aria-labelledby')}`))).to.equal(
      'Invite somebody',
    );
    const name = one<HTMLInputElement>(host, '#name');
    expect(host.shadowRoot!.activeElement).to.equal(name);
    expect(nameOf(name.labels![0]!)).to.equal('Name');
    await expectAccessible(host);
    await type(host, ' ');
    button(host, 'Send').click();
    await until(() => name.getAttribute('aria-describedby') === 'name-error', 'it is said');
    await expectAccessible(host);
  });

  it('sends the draft with Enter, closes, and gives the focus back', async () => {
    const { host, opener } = await mount();
    await sendKeys({ type: 'Nora' });
    await sendKeys({ press: 'Enter' });
    await closes(host);
    expect(host.sent).to.deep.equal([{ name: 'Nora', role: 'user' }]);
    expect(host.shadowRoot!.activeElement).to.equal(opener);
  });

  it('stays open with what the server says, at the field or as a whole', async () => {
    const { host } = await mount();
    await type(host, 'Nora');
    host.answer = () =>
      Promise.reject(Object.assign(new Error('no'), { fieldErrors: { role: ['Not this one.'] } }));
    button(host, 'Send').click();
    await until(() => all(host, '#role-error').length > 0, 'the error is at its field');
    expect(host.shadowRoot!.activeElement?.id).to.equal('role');
    host.answer = () =>
      Promise.reject(Object.assign(new Error('Too many.'), { fieldErrors: { seats: ['None'] } }));
    button(host, 'Send').click();
    const alert = await until(() => all(host, 'form [role="alert"]')[0], 'the error is shown');
    expect(textOf(alert)).to.equal('Too many.');
    expect(one<HTMLInputElement>(host, '#name').value).to.equal('Nora');
  });

  it('closes by Escape and by a press beside it, and the page hears nothing of it', async () => {
    const { host, opener, dialog } = await mount();
    let heard = 0;
    host.addEventListener('keydown', () => (heard += 1));
    await escape(host);
    await closes(host);
    expect(heard).to.equal(0);
    expect(host.shadowRoot!.activeElement).to.equal(opener);
    opener.click();
    const again = await until(() => all<HTMLDialogElement>(host, 'dialog[open]')[0], 'it opens');
    expect(again).not.to.equal(dialog);
    one(host, '.sheet').click();
    expect(again.open).to.equal(true);
    again.click();
    await closes(host);
  });

  it('asks before Escape or a press beside it loses a draft, and begins anew after that', async () => {
    const { host, opener, dialog } = await mount();
    const focused = () => textOf(host.shadowRoot!.activeElement!);
    await type(host, 'Nora');
    dialog.click();
    await until(() => focused() === 'Keep editing', 'it asks');
    expect(dialog.open).to.equal(true);
    expect(textOf(one(host, '[role="alert"]'))).to.equal('Your changes are not saved.');
    await expectAccessible(host);
    button(host, 'Keep editing').click();
    await until(() => all(host, '[role="alert"]').length === 0, 'it goes on');
    one(host, '#role').focus();
    await escape(host);
    await until(() => focused() === 'Keep editing', 'it asks');
    await escape(host);
    await until(() => host.shadowRoot!.activeElement?.id === 'role', 'the focus is back');
    expect(dialog.open).to.equal(true);
    await escape(host);
    await until(() => focused() === 'Keep editing', 'it asks');
    button(host, 'Discard').click();
    await closes(host);
    opener.click();
    await until(() => all(host, 'dialog[open]').length > 0, 'it opens');
    expect(one<HTMLInputElement>(host, '#name').value).to.equal('');
  });

  it('lets a save that was cancelled end without touching the next draft', async () => {
    const { host, opener } = await mount();
    const ended = () => until(() => getRuntime().queries.isMutating() === 0, 'the save has ended');
    const save = async () => {
      let end!: { resolve: (answer: unknown) => void; reject: (error: Error) => void };
      host.answer = () => new Promise((resolve, reject) => (end = { resolve, reject }));
      await type(host, 'Nora');
      button(host, 'Send').click();
      await until(() => textOf(one(host, 'form')).includes('Saving'), 'it is under way');
      button(host, 'Cancel').click();
      await closes(host);
      opener.click();
      await until(() => all(host, 'dialog[open]').length > 0, 'it opens');
      await type(host, 'Ada');
      return end;
    };
    const first = await save();
    button(host, 'Send');
    first.resolve(undefined);
    await ended();
    expect(one<HTMLInputElement>(host, '#name').value).to.equal('Ada');
    button(host, 'Cancel').click();
    await closes(host);
    opener.click();
    await until(() => all(host, 'dialog[open]').length > 0, 'it opens');
    const second = await save();
    second.reject(new Error('Too late.'));
    await ended();
    expect(textOf(one(host, 'dialog'))).not.to.include('Too late.');
    expect(stage.notices.map(({ message }) => message)).to.deep.equal(['write.failed']);
  });

  it('can be opened again after it was taken out of the page', async () => {
    const { host, opener } = await mount();
    const place = host.parentElement!;
    host.remove();
    place.append(host);
    await closes(host);
    opener.click();
    await until(() => all(host, 'dialog[open]').length > 0, 'it opens');
  });
});
