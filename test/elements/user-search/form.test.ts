import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { UserSearch } from '../../../src/elements/user-search/user-search.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, button, one, textOf } from '../../helpers/dom.js';
import { find, inputOf, isOpen, optionsOf, typeOver } from '../../helpers/search.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

describe('<user-search> in a form', () => {
  const stage = useStage();

  async function mount(attributes = ''): Promise<{ form: HTMLFormElement; search: UserSearch }> {
    const form = stage.mount<HTMLFormElement>(
      `<form>
        <label for="owner">Owner</label>
        <fieldset><user-search id="owner" name="owner" ${attributes}></user-search></fieldset>
        <button>Send</button>
      </form>`,
    );
    const search = form.querySelector('user-search')!;
    await search.updateComplete;
    return { form, search };
  }
  const entries = (form: HTMLFormElement) => Object.fromEntries(new FormData(form));
  /** What is said under the field, as a screen reader connects it. */
  const toldBy = (search: UserSearch) => {
    const id = inputOf(search).getAttribute('aria-describedby');
    return id === null ? undefined : textOf(one(search, `#${id}`));
  };
  async function choose(search: UserSearch, text: string): Promise<void> {
    await find(search, text);
    optionsOf(search)[0]!.click();
  }

  it('is sent as the id of who is chosen', async () => {
    const { form, search } = await mount();
    expect(entries(form)).to.deep.equal({ owner: '' });
    const heard: string[] = [];
    for (const type of ['input', 'change']) {
      form.addEventListener(type, (event) => {
        heard.push(`${type} at ${(event.target as Element).id}: ${String(entries(form)['owner'])}`);
      });
    }
    await choose(search, 'admin');
    const { id } = stage.person!;
    expect(entries(form)).to.deep.equal({ owner: id });
    expect(heard).to.deep.equal([`input at owner: ${id}`, `change at owner: ${id}`]);
    search.name = 'reviewer';
    await search.updateComplete;
    expect(entries(form)).to.deep.equal({ reviewer: id });
  });

  it('shows the name of a value it is given', async () => {
    const { search } = await mount(`value="${stage.person!.id}"`);
    await until(() => inputOf(search).value === 'Ada Admin', 'the name is shown');
    expect(stage.count('/api/users')).to.equal(1);
    await expectAccessible(search);
  });

  for (const [what, id] of [
    ['garbage', 'garbage'],
    ['an id of nobody', crypto.randomUUID()],
  ] as const) {
    it(`takes ${what} for a mistake as soon as the server says so`, async () => {
      const { form, search } = await mount();
      search.value = id;
      await until(() => inputOf(search).value === 'Unknown person', 'it is told');
      expect(search.validity.customError).to.equal(true);
      expect(form.reportValidity()).to.equal(false);
      await search.updateComplete;
      expect(toldBy(search)).to.equal('Choose a person from the list.');
      expect(search.validationMessage).to.equal(toldBy(search));
      await expectAccessible(search);
      search.value = stage.person!.id;
      expect(form.checkValidity()).to.equal(true);
      await search.updateComplete;
      expect(toldBy(search)).to.equal(undefined);
    });
  }

  it('shows the id where the server could not be asked', async () => {
    stage.fail('GET', '/api/users/:id', 500);
    const { search } = await mount(`value="${stage.person!.id}"`);
    await until(() => inputOf(search).value === stage.person!.id, 'the id is shown');
    expect(search.checkValidity()).to.equal(true);
  });

  it('says what to do when it is left with a text that chose nobody', async () => {
    const { form, search } = await mount();
    await typeOver(search, 'nobody at all');
    inputOf(search).blur();
    await search.updateComplete;
    expect(inputOf(search).value).to.equal('');
    expect(toldBy(search)).to.equal('Choose a person from the list.');
    expect(inputOf(search).ariaInvalid).to.equal('true');
    expect(form.checkValidity()).to.equal(true);
    await expectAccessible(search);
    form.reset();
    await search.updateComplete;
    expect(toldBy(search)).to.equal(undefined);
    await typeOver(search, 'nobody at all');
    inputOf(search).blur();
    await typeOver(search, 'a');
    await search.updateComplete;
    expect(toldBy(search)).to.equal(undefined);
  });

  it('keeps a text that chose nobody where somebody is required, and says one thing of it', async () => {
    const { form, search } = await mount('required');
    await typeOver(search, 'zzzzqq');
    inputOf(search).blur();
    await search.updateComplete;
    expect(form.reportValidity()).to.equal(false);
    await search.updateComplete;
    expect(inputOf(search).value).to.equal('zzzzqq');
    expect(toldBy(search)).to.equal('Choose a person from the list.');
    expect(search.validationMessage).to.equal(toldBy(search));
    form.reset();
    await search.updateComplete;
    expect([inputOf(search).value, toldBy(search)]).to.deep.equal(['', undefined]);
  });

  for (const [how, empty] of [
    ['its button', (search: UserSearch) => button(search, 'Clear the choice').click()],
    [
      'Escape',
      async (search: UserSearch) => {
        search.focus();
        await sendKeys({ press: 'Escape' });
      },
    ],
    ['the page', (search: UserSearch) => (search.value = '')],
  ] as const) {
    it(`is as if nothing had been typed once ${how} empties it`, async () => {
      const { form, search } = await mount('required');
      await typeOver(search, 'zzzzqq');
      inputOf(search).blur();
      await search.updateComplete;
      expect(inputOf(search).value).to.equal('zzzzqq');
      form.reportValidity();
      await empty(search);
      await search.updateComplete;
      expect(inputOf(search).value).to.equal('');
      expect(toldBy(search)).to.equal('Choose a person.');
      expect(search.validationMessage).to.equal(toldBy(search));
    });
  }

  it('is named by its label, which also leads into it', async () => {
    const { form, search } = await mount();
    await search.updateComplete;
    expect(inputOf(search).ariaLabel).to.equal('Owner');
    form.querySelector('label')!.click();
    expect(search.shadowRoot!.activeElement === inputOf(search)).to.equal(true);
    search.ariaLabel = 'Owner of the project';
    await choose(search, 'ada');
    await search.updateComplete;
    expect(inputOf(search).ariaLabel).to.equal('Owner of the project');
  });

  it('keeps a form from being sent while nobody is chosen, and says why', async () => {
    const { form, search } = await mount('required');
    await search.updateComplete;
    expect(search.validity.valueMissing).to.equal(true);
    expect(search.validationMessage).to.equal('Choose a person.');
    expect(search.matches(':invalid')).to.equal(true);
    expect(inputOf(search).ariaInvalid).to.equal('false');
    expect(inputOf(search).ariaRequired).to.equal('true');
    expect(form.reportValidity()).to.equal(false);
    await search.updateComplete;
    expect(inputOf(search).ariaInvalid).to.equal('true');
    expect(toldBy(search)).to.equal('Choose a person.');
    expect(search.shadowRoot!.activeElement === inputOf(search)).to.equal(true);
    await expectAccessible(search);
    search.value = stage.person!.id;
    expect(form.checkValidity()).to.equal(true);
    await search.updateComplete;
    expect(inputOf(search).ariaInvalid).to.equal('false');
    search.value = '';
    expect(search.checkValidity()).to.equal(false);
    search.required = false;
    await search.updateComplete;
    expect(search.reportValidity()).to.equal(true);
  });

  it('is disabled by itself and with its fieldset, and then not sent', async () => {
    const { form, search } = await mount(`value="${stage.person!.id}"`);
    await until(() => inputOf(search).value === 'Ada Admin', 'the name is shown');
    search.disabled = true;
    await search.updateComplete;
    expect(inputOf(search).disabled).to.equal(true);
    expect(all(search, 'button').length).to.equal(0);
    expect(entries(form)).to.deep.equal({});
    expect(search.willValidate).to.equal(false);
    search.disabled = false;
    await search.updateComplete;
    const fieldset = form.querySelector('fieldset')!;
    fieldset.disabled = true;
    await until(() => inputOf(search).disabled, 'it is disabled');
    expect(entries(form)).to.deep.equal({});
    fieldset.disabled = false;
    await until(() => !inputOf(search).disabled, 'it is not disabled');
    expect(entries(form)).to.deep.equal({ owner: stage.person!.id });
  });

  it('goes back with the form to its attribute', async () => {
    const { form, search } = await mount(`value="${stage.person!.id}"`);
    // Else the name comes over the text that is marked to be typed over.
    await until(() => inputOf(search).value === 'Ada Admin', 'the name is shown');
    await choose(search, 'moderator');
    expect(entries(form)['owner']).not.to.equal(stage.person!.id);
    form.reset();
    expect(entries(form)).to.deep.equal({ owner: stage.person!.id });
    await until(() => inputOf(search).value === 'Ada Admin', 'the name is shown');
  });

  it('takes back what the browser has kept of it', async () => {
    const { form, search } = await mount();
    search.formStateRestoreCallback(stage.person!.id);
    expect(entries(form)).to.deep.equal({ owner: stage.person!.id });
    await until(() => inputOf(search).value === 'Ada Admin', 'the name is shown');
  });

  it('sends the form by Enter, but not while one chooses, nor by its button', async () => {
    const { form, search } = await mount();
    let sent = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sent += 1;
    });
    await find(search, 'admin');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await search.updateComplete;
    expect(sent).to.equal(0);
    await sendKeys({ press: 'Enter' });
    expect(sent).to.equal(1);
    expect(search.form === form).to.equal(true);
    button(search, 'Clear the choice').click();
    expect(sent).to.equal(1);
  });

  it('sends nobody else by Enter than whose name stands there', async () => {
    const { form, search } = await mount();
    let sent = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sent += 1;
    });
    await find(search, 'admin');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    expect(search.value).not.to.equal('');
    await typeOver(search, 'mod');
    await sendKeys({ press: 'Enter' });
    await until(() => search.value !== stage.person!.id, 'who is meant is chosen');
    await search.updateComplete;
    expect(inputOf(search).value).to.contain('Mod');
    expect(sent).to.equal(0);
    await typeOver(search, 'nobody at all');
    await sendKeys({ press: 'Enter' });
    await until(() => search.matches(':state(empty)'), 'there is no one');
    await sendKeys({ press: 'Enter' });
    expect(sent).to.equal(0);
    expect(isOpen(search)).to.equal(true);
  });

  it('sends the form by Enter as its button would', async () => {
    const { form, search } = await mount();
    let by: HTMLElement | null = null;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      by = event.submitter;
    });
    form.insertAdjacentHTML('afterbegin', '<button name="act" value="assign" disabled>Go</button>');
    const go = form.querySelector<HTMLButtonElement>('[name=act]')!;
    search.value = stage.person!.id;
    await search.updateComplete;
    search.focus();
    await sendKeys({ press: 'Enter' });
    expect(by).to.equal(null);
    go.disabled = false;
    await sendKeys({ press: 'Enter' });
    expect(by).to.equal(go);
  });

  it('honours properties that were set before it was defined', async () => {
    const form = stage.mount<HTMLFormElement>(
      '<form><early-user-search></early-user-search></form>',
    );
    const early = form.firstElementChild as UserSearch;
    Object.assign(early, { name: 'owner', value: stage.person!.id, required: true });
    const { UserSearch } = await import('../../../src/elements/user-search/user-search.js');
    customElements.define('early-user-search', class extends UserSearch {});
    await early.updateComplete;
    await until(() => inputOf(early).value === 'Ada Admin', 'the name is shown');
    expect(entries(form)).to.deep.equal({ owner: stage.person!.id });
    expect(early.checkValidity()).to.equal(true);
  });
});
