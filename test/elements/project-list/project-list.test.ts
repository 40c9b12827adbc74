import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Project } from '../../../src/contract/index.js';
import '../../../src/elements/project-list/define.js';
import type { ProjectList } from '../../../src/elements/project-list/project-list.js';
import { expectAccessible } from '../../helpers/axe.js';
import { all, blankOf, button, buttons, enter, nameOf, one, textOf } from '../../helpers/dom.js';
import { watchLeftovers } from '../../helpers/leftovers.js';
import { useStage } from '../../helpers/stage.js';
import { nextEvent, until } from '../../helpers/until.js';

describe('<project-list>', () => {
  const stage = useStage();
  const names = (list: Element) => all(list, '.name').map(textOf);
  const rowOf = (list: Element, name: string) =>
    all(list, '.row').find((row) => row.querySelector('.name') && textOf(row).startsWith(name))!;
  const statusOf = (list: Element, name: string) => rowOf(list, name).querySelector('select')!;
  const focused = (list: Element) => nameOf(list.shadowRoot!.activeElement!);

  async function mount(attributes = ''): Promise<ProjectList> {
    const list = stage.mount<ProjectList>(`<project-list ${attributes}></project-list>`);
    await until(() => names(list).length > 0, 'projects are shown');
    return list;
  }
  async function projectsOf(id: string): Promise<Project[]> {
    return (await stage.elsewhere.users.projects({ id })).data;
  }
  /** Opens the field of a project and puts a name into it. */
  async function rename(list: ProjectList, from: string, to: string): Promise<HTMLInputElement> {
    button(list, `Rename ${from}`).click();
    await until(() => list.shadowRoot!.activeElement?.localName === 'input', 'the field is open');
    const field = one<HTMLInputElement>(list, 'input');
    expect(field.value).to.equal(from);
    field.value = to;
    field.dispatchEvent(new Event('input'));
    return field;
  }

  it('shows a skeleton, then the projects of who is signed in', async () => {
    const release = stage.hold('GET', '/api/users/*/projects');
    const loaded = nextEvent('inlay-load');
    const list = stage.mount<ProjectList>('<project-list></project-list>');
    await until(() => all(list, '.bone').length > 0, 'the skeleton is shown');
    expect(list.matches(':state(loading)')).to.equal(true);
    await expectAccessible(list);
    release();
    const projects = await projectsOf(stage.person!.id);
    expect((await loaded).total).to.equal(projects.length);
    expect(names(list)).to.deep.equal(projects.map(({ name }) => name));
    const [first] = projects;
    const faces = one(list, '[part="row"] [role="list"]');
    expect(faces.ariaLabel).to.equal(`${first!.members.length} members`);
    expect([...faces.querySelectorAll('.hidden')].map(textOf)).to.deep.equal(
      first!.members.map(({ name }) => name),
    );
    await expectAccessible(list);
  });

  it('shows those of somebody else, and says when there are none', async () => {
    const { data } = await stage.elsewhere.users.list({ search: 'Moses' });
    const list = await mount(`user-id="${data[0]!.id}"`);
    expect(names(list)).to.deep.equal((await projectsOf(data[0]!.id)).map(({ name }) => name));
    const { id } = await stage.elsewhere.users.create({ name: 'Nora', email: 'nora@example.com' });
    list.userId = id;
    await until(() => list.matches(':state(empty)'), 'there are none');
    expect(blankOf(list)).to.equal('No projects');
    await expectAccessible(list);
    list.removeAttribute('user-id');
    const own = (await projectsOf(stage.person!.id)).map(({ name }) => name);
    await until(() => names(list).join() === own.join(), 'those of who is signed in are shown');
  });

  it('tells of a failure and tries again; one that comes later leaves the projects', async () => {
    const mend = stage.fail('GET', '/api/users/*/projects', 500);
    const failed = nextEvent('inlay-error');
    const list = stage.mount<ProjectList>('<project-list></project-list>');
    await failed;
    expect(blankOf(list)).to.equal('This could not be loaded The server had a problem. Try again');
    await expectAccessible(list);
    mend();
    button(list, 'Try again').click();
    await until(() => names(list).length > 0, 'projects are shown');
    stage.fail('GET', '/api/users/*/projects', 500);
    await list.refresh();
    await until(() => all(list, '[part="notice"]').length > 0, 'the failure is told');
    expect(names(list).length).to.be.greaterThan(0);
  });

  for (const width of [320, 700]) {
    it(`takes exactly the room of its skeleton, ${width} pixels wide`, async () => {
      const release = stage.hold('GET', '/api/users/*/projects');
      const place = stage.mount<HTMLElement>('<div><project-list></project-list></div>');
      place.style.inlineSize = `${width}px`;
      const list = place.firstElementChild as ProjectList;
      await until(() => all(list, '.bone').length > 0, 'the skeleton is shown');
      const box = () => [
        list.offsetHeight,
        ...all(list, '.row')
          .slice(0, 3)
          .map((row) => Math.round(row.getBoundingClientRect().top)),
      ];
      const before = box();
      // As `inlay.css` reserves it.
      expect(list.offsetHeight).to.equal(362);
      release();
      await until(() => names(list).length > 0, 'projects are shown');
      expect(box()).to.deep.equal(before);
      button(list, `Rename ${names(list)[0]}`).click();
      await until(() => all(list, 'input').length > 0, 'the field is open');
      expect(box()).to.deep.equal(before);
    });
  }

  it('says what is wrong with an id', async () => {
    const list = stage.mount<ProjectList>('<project-list user-id="x"></project-list>');
    await until(() => all(list, '.blank').length > 0, 'it is told');
    expect(blankOf(list)).to.contain('user-id must be a UUID, got "x".');
    expect(stage.count('/projects')).to.equal(0);
  });

  it('says that one has to sign in', async () => {
    await stage.signIn(null);
    const list = stage.mount<ProjectList>('<project-list></project-list>');
    await until(() => all(list, '.blank').length > 0, 'it is told');
    expect(blankOf(list)).to.equal('Sign in to see this');
    await expectAccessible(list);
  });

  it('renames in place by keyboard, at once, and gives the focus back', async () => {
    const list = await mount();
    const [before] = names(list);
    const release = stage.hold('PATCH', '/api/projects/*');
    button(list, `Rename ${before}`).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => list.shadowRoot!.activeElement?.localName === 'input', 'the field is open');
    await expectAccessible(list);
    await sendKeys({ type: 'Moon base' });
    await sendKeys({ press: 'Enter' });
    await until(() => names(list)[0] === 'Moon base', 'the new name is shown');
    await until(() => stage.count('PATCH') === 1, 'it is sent');
    expect(focused(list)).to.equal('Rename Moon base');
    release();
    await stage.settled();
    expect((await projectsOf(stage.person!.id)).map(({ name }) => name)).to.include('Moon base');
    expect(stage.count('PATCH')).to.equal(1);
  });

  it('saves when the field is left, and nothing on Escape or without a change', async () => {
    const list = await mount();
    const [first, second] = names(list) as [string, string];
    (await rename(list, first, 'Escaped')).focus();
    await sendKeys({ press: 'Escape' });
    await until(() => all(list, 'input').length === 0, 'the field is closed');
    expect(focused(list)).to.equal(`Rename ${first}`);
    (await rename(list, first, `  ${first} `)).blur();
    await until(() => all(list, 'input').length === 0, 'the field is closed');
    expect(stage.count('PATCH')).to.equal(0);
    (await rename(list, second, 'Left')).blur();
    await until(() => names(list).includes('Left'), 'the new name is shown');
    await stage.settled();
    expect(stage.count('PATCH')).to.equal(1);
  });

  it('draws a refused name back and says at the field what is wrong with it', async () => {
    const list = await mount();
    const [before] = names(list) as [string];
    let heard = 0;
    list.addEventListener('inlay-error', () => (heard += 1));
    const field = await rename(list, before, '   ');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await until(() => all(list, '[role="alert"]').length > 0, 'a name is missing');
    expect(heard).to.equal(0);
    enter(field, 'x'.repeat(121));
    await until(() => all(list, '[role="alert"]').length === 0, 'there is a name');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    const wrong = await until(() => all(list, '[role="alert"]')[0], 'it is told');
    expect(textOf(wrong)).not.to.equal('');
    const again = one<HTMLInputElement>(list, 'input');
    expect(again.ariaInvalid).to.equal('true');
    expect(list.shadowRoot!.activeElement === again).to.equal(true);
    expect(again.getAttribute('aria-describedby')).to.equal(wrong.id);
    expect(heard).to.equal(1);
    expect(stage.notices.filter(({ tone }) => tone === 'error')).to.deep.equal([]);
    await expectAccessible(list);
    again.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await until(() => all(list, 'input').length === 0, 'the field is closed');
    expect(names(list)[0]).to.equal(before);
    stage.fail('PATCH', '/api/projects/*', 500);
    (await rename(list, before, 'Moon base')).blur();
    await until(() => all(list, '[role="alert"]').length > 0, 'it is told');
    expect(textOf(one(list, '[role="alert"]'))).to.equal('The server had a problem.');
    expect(one<HTMLInputElement>(list, 'input').value).to.equal('Moon base');
  });

  it('leaves the field and the focus to what one has gone on to when a name is refused', async () => {
    const list = await mount();
    const [first, second] = names(list) as [string, string];
    const release = stage.hold('PATCH', '/api/projects/*');
    (await rename(list, first, 'x'.repeat(121))).blur();
    await until(() => all(list, 'input').length === 0, 'the field is closed');
    const field = await rename(list, second, 'Draft');
    release();
    await until(() => stage.notices.some(({ tone }) => tone === 'error'), 'the refusal is told');
    expect(all(list, 'input').length).to.equal(1);
    expect(field.value).to.equal('Draft');
    expect(list.shadowRoot!.activeElement === field).to.equal(true);
  });

  it('sets the status at once, and back when it is refused or cancelled', async () => {
    const list = await mount();
    const [name] = names(list) as [string];
    const before = statusOf(list, name).value;
    const wanted = before === 'archived' ? 'paused' : 'archived';
    list.addEventListener('inlay-before-action', (event) => event.preventDefault(), { once: true });
    enter(statusOf(list, name), wanted);
    await until(() => statusOf(list, name).value === before, 'it is set back');
    const mend = stage.fail('PATCH', '/api/projects/*', 403);
    enter(statusOf(list, name), wanted);
    await until(() => stage.notices.some(({ tone }) => tone === 'error'), 'it is refused');
    await until(() => statusOf(list, name).value === before, 'it is drawn back');
    mend();
    enter(statusOf(list, name), wanted);
    await stage.settled();
    const projects = await projectsOf(stage.person!.id);
    expect(projects.find((project) => project.name === name)!.status).to.equal(wanted);
  });

  it('offers changes to owners and admins alone', async () => {
    await stage.signIn('user');
    const list = await mount();
    const projects = await projectsOf(stage.person!.id);
    const own = projects.filter(({ ownerId }) => ownerId === stage.person!.id);
    expect(own.length).to.be.greaterThan(0);
    expect(own.length).to.be.lessThan(projects.length);
    expect(all(list, 'select').map(nameOf)).to.deep.equal(
      own.map(({ name }) => `Status of ${name}`),
    );
    expect(buttons(list).filter((name) => name.startsWith('Rename'))).to.deep.equal(
      own.map(({ name }) => `Rename ${name}`),
    );
    expect(all(list, '.dot').length).to.equal(projects.length - own.length);
  });

  it('tells the page which one was chosen', async () => {
    const list = await mount();
    const [name] = names(list) as [string];
    const chosen = nextEvent('inlay-select');
    button(list, name).click();
    expect((await chosen).item).to.include({ name });
  });

  it('is live, and shows names as text', async () => {
    const list = await mount();
    await stage.settled();
    const [project] = await projectsOf(stage.person!.id);
    const name = '<img src=x onerror=alert(1)>';
    await stage.elsewhere.projects.update({ id: project!.id, name, description: name });
    await until(() => names(list).includes(name), 'the new name is shown');
    await stage.elsewhere.users.update({ id: project!.members[0]!.id, name });
    await until(
      () => all(list, `.face`).some((face) => textOf(face).includes(name)),
      'it is shown',
    );
    expect(all(list, 'img').length).to.equal(0);
  });

  it('makes one request with others of its kind, and leaves nothing running', async () => {
    const leftovers = watchLeftovers();
    const list = await mount();
    const other = await mount();
    await stage.settled();
    expect(stage.count('/projects')).to.equal(1);
    await rename(list, names(list)[0]!, 'Unsaved');
    list.remove();
    other.remove();
    await until(() => stage.server.hub.counters.connections === 0, 'the connection is closed');
    expect(leftovers.stop()).to.deep.equal([]);
  });
});
