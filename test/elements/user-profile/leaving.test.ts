import { expect } from '@open-wc/testing';
import { all, button } from '../../helpers/dom.js';
import { edit, fill, mountProfile } from '../../helpers/profile.js';
import { useStage } from '../../helpers/stage.js';
import { until } from '../../helpers/until.js';

// Alone in its file: the server inside the page hears the event too, and stops.
describe('<user-profile> in a page that is left', () => {
  const stage = useStage();
  const leave = () => {
    const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };

  it('has the browser ask before a draft is left, unless the page says no', async () => {
    const profile = await mountProfile(stage);
    await edit(profile);
    expect(leave()).to.equal(false);
    await fill(profile, 'name', 'Ada B');
    expect(leave()).to.equal(true);
    profile.addEventListener('inlay-before-leave', (event) => event.preventDefault(), {
      once: true,
    });
    expect(leave()).to.equal(false);
    profile.remove();
    expect(leave()).to.equal(false);
    document.body.append(profile);
    await until(leave, 'it asks again');
    button(profile, 'Cancel').click();
    await until(() => all(profile, 'form').length === 0, 'the form has closed');
    expect(leave()).to.equal(false);
  });
});
