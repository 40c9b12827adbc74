import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import { all, button, buttons, one, textOf } from '../../helpers/dom.js';
import { choose, menuItems, mountPeople, untilEditable } from '../../helpers/people.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

type Picker = { showSaveFilePicker?: unknown };

describe('<user-list> as a CSV file', () => {
  const stage = useStage();
  const picker = (window as Picker).showSaveFilePicker;
  let written = '';
  beforeEach(() => {
    written = '';
    const decoder = new TextDecoder();
    const file = new WritableStream<Uint8Array>({
      write: (chunk) => void (written += decoder.decode(chunk, { stream: true })),
    });
    (window as Picker).showSaveFilePicker = () =>
      Promise.resolve({ createWritable: () => Promise.resolve(file) });
  });
  afterEach(() => {
    (window as Picker).showSaveFilePicker = picker;
  });

  async function mount(attributes = '') {
    const list = await mountPeople(stage, attributes);
    await untilEditable(list);
    return list;
  }

  it('saves those who match', async () => {
    const list = await mount('search="inlay.test" sort="name"');
    await choose(list, button(list, 'More'), 'Export');
    await until(() => written.includes('user@inlay.test'), 'the file is written');
    const lines = written.trim().split(/\r?\n/);
    expect(lines).to.have.length(4);
    expect(lines[1]).to.contain('Ada Admin');
    await until(() => buttons(list).includes('More'), 'it has ended');
  });

  it('downloads it where the browser lets no file be chosen, as in a frame of another origin', async () => {
    (window as Picker).showSaveFilePicker = () =>
      Promise.reject(new DOMException('Cross origin sub frames.', 'SecurityError'));
    const { click } = HTMLAnchorElement.prototype;
    let file: Promise<Response> | undefined;
    HTMLAnchorElement.prototype.click = function () {
      if (this.download) file = fetch(this.href);
    };
    try {
      const list = await mount('search="inlay.test"');
      await choose(list, button(list, 'More'), 'Export');
      await until(() => file, 'it is downloaded');
      expect(await (await file!).text()).to.contain('user@inlay.test');
      expect(all(list, '[part="notice"]').length).to.equal(0);
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
  });

  it('tells how far it is, and can be stopped', async () => {
    let more: (text: string) => void = () => undefined;
    stage.answer('GET', '/api/users/export.csv', () => {
      const body = new ReadableStream<Uint8Array>({
        start: (stream) => {
          more = (text) => stream.enqueue(new TextEncoder().encode(text));
        },
      });
      return new HttpResponse(body, {
        headers: { 'content-type': 'text/csv', 'x-inlay-total': '4' },
      });
    });
    const list = await mount();
    await choose(list, button(list, 'More'), 'Export');
    await until(() => buttons(list).includes('Cancel export (0 %)'), 'it has begun');
    await until(() => stage.count('export.csv') === 1, 'it is asked for');
    more('a\nb\n');
    await until(() => buttons(list).includes('Cancel export (50 %)'), 'half is there');
    button(list, 'Cancel export (50 %)').click();
    await until(() => buttons(list).includes('More'), 'it has ended');
    expect(all(list, '[part="notice"]').length).to.equal(0);
  });

  it('says why it failed', async () => {
    stage.fail('GET', '/api/users/export.csv', 500);
    const list = await mount();
    await choose(list, button(list, 'More'), 'Export');
    await until(() => all(list, '[part="notice"]').length > 0, 'the failure is told');
    expect(textOf(one(list, '[part="notice"]'))).to.contain('Not exported: The server had');
  });

  it('is not offered to a moderator', async () => {
    await stage.signIn('moderator');
    const list = await mountPeople(stage);
    button(list, 'More').click();
    await list.updateComplete;
    const items = menuItems(list).map(textOf);
    expect(items).to.include('Columns…');
    expect(items.join()).not.to.contain('CSV');
  });
});
