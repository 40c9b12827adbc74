import { call, getToken, person, post, signIn } from './session.js';

const $ = (selector) => document.querySelector(selector);
const said = $('#said');

/** Runs what a control asks for, and says how it went. */
async function act(work, done = 'Done.') {
  said.textContent = '';
  try {
    await work();
    said.textContent = done;
  } catch (error) {
    said.textContent = error.message;
  }
}

/** Signs in as a persona; requests wait until it is known who asks. */
function become(persona) {
  const signedIn = act(() => signIn(persona), persona ? `Signed in as ${persona}.` : 'Signed out.');
  // Works before and after inlay.js has loaded.
  (window.inlay ||= []).push((inlay) =>
    inlay.configure({ getToken: (about) => signedIn.then(() => getToken(about)) }),
  );
  showPerson();
  signedIn.then(showSomeTeam);
}

/** Shows a person and their team; without one whoever is signed in. */
function showPerson(someone) {
  $('user-profile').userId = someone?.id ?? '';
  if (someone?.teamId) $('team-members').teamId = someone.teamId;
  $('#own').hidden = !someone;
}

/** The personas are in no team, so that of the newest person in one is shown. */
async function showSomeTeam() {
  const { data } = await call('GET', '/users?limit=50').catch(() => ({ data: [] }));
  $('team-members').teamId = data.find(({ teamId }) => teamId)?.teamId ?? '';
}

// Who is signed in.
$('#persona').value = sessionStorage.getItem('persona') ?? 'admin';
$('#persona').addEventListener('change', ({ target }) => {
  sessionStorage.setItem('persona', target.value);
  become(target.value);
});
become($('#persona').value);

// Looks: look.js reads them before the page is drawn.
const page = document.documentElement;
$('#theme').value = page.style.colorScheme || 'light dark';
$('#theme').addEventListener('change', ({ target }) => {
  localStorage.colorScheme = page.style.colorScheme = target.value;
});
$('#language').value = page.lang;
$('#language').addEventListener('change', ({ target }) => {
  localStorage.lang = page.lang = target.value;
  page.dir = target.value === 'ar' ? 'rtl' : 'ltr';
});

// The person chosen in the list or the team is shown in the profile.
for (const tag of ['user-list', 'team-members']) {
  $(tag).addEventListener('inlay-select', ({ item }) => {
    showPerson(item);
    $('#profile').scrollIntoView({ block: 'nearest' });
  });
}
$('#own').addEventListener('click', () => showPerson());

// What the list shows stands in the address, so that it can be passed on.
const list = $('user-list');
list.addEventListener('inlay-change', ({ state }) => {
  const told = Object.entries(state).filter(([, value]) => value && value !== 1);
  const query = new URLSearchParams(told).toString();
  history.replaceState(null, '', query ? `?${query}` : location.pathname);
});
customElements.whenDefined('user-list').then(() => {
  const { page = 1, ...state } = Object.fromEntries(new URLSearchParams(location.search));
  list.state = { ...state, page: Number(page) };
});

// A form of the page's own, with a field of ours in it.
$('#assign').addEventListener('submit', (event) => {
  event.preventDefault();
  const sent = new URLSearchParams(new FormData(event.target));
  $('#sent').textContent = `This form would send ${sent}`;
});
$('#assign').addEventListener('reset', () => {
  $('#sent').textContent = '';
});

// Where links of notifications lead to here.
const places = {
  projects: '#projects',
  notes: '#projects',
  team: '#team',
  exports: '#people',
  settings: '#profile',
};
const placeOf = ({ pathname }) => places[pathname.split('/')[1]];
const visit = (place) => place && $(place).scrollIntoView({ block: 'start' });
document.addEventListener('click', (event) => {
  const link = event.composedPath().find(({ localName }) => localName === 'a');
  const place = link?.origin === location.origin && placeOf(link);
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  visit(place);
});
visit(placeOf(location));

// Life on the server, and its faults.
for (const button of document.querySelectorAll('[data-post]')) {
  button.addEventListener('click', () =>
    act(() => {
      const body = JSON.parse(button.dataset.body ?? '{}');
      if (button.dataset.post === 'notify') body.userId = person()?.id;
      return post(`/__control/${button.dataset.post}`, body);
    }),
  );
}
const boxes = [...document.querySelectorAll('[data-fault]')];
const showFaults = (faults) => {
  for (const box of boxes) {
    const fault = faults[box.dataset.fault];
    // Of a list there are several boxes, one a choice.
    box.checked = Array.isArray(fault) ? JSON.stringify(fault) === box.value : Boolean(fault);
  }
};
const off = { latency: 0, errorRate: 0, offline: false, liveLatency: 0, blocked: [] };
for (const box of boxes) {
  box.addEventListener('change', () => {
    const { fault } = box.dataset;
    const change = { [fault]: box.checked ? JSON.parse(box.value) : off[fault] };
    return act(async () => showFaults(await post('/__control/faults', change)));
  });
}
// Another window, or a command line, may have changed them.
const readFaults = () => call('GET', '/__control/faults').then(showFaults, () => undefined);
window.addEventListener('focus', readFaults);
void readFaults();
