import { getToken, person, post, signIn } from './session.js';

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
}

$('#persona').addEventListener('change', ({ target }) => {
  sessionStorage.setItem('persona', target.value);
  become(target.value);
});
$('#theme').addEventListener('change', ({ target }) => {
  document.documentElement.style.colorScheme = target.value;
});
$('#language').addEventListener('change', ({ target }) => {
  document.documentElement.lang = target.value;
  document.documentElement.dir = target.value === 'ar' ? 'rtl' : 'ltr';
});

for (const button of document.querySelectorAll('[data-post]')) {
  button.addEventListener('click', () =>
    act(() => {
      const body = JSON.parse(button.dataset.body ?? '{}');
      if (button.dataset.post === 'notify') body.userId = person()?.id;
      return post(`/__control/${button.dataset.post}`, body);
    }),
  );
}
for (const box of document.querySelectorAll('[data-fault]')) {
  box.addEventListener('change', () => {
    const { fault } = box.dataset;
    const off = fault === 'offline' ? false : 0;
    return act(() =>
      post('/__control/faults', { [fault]: box.checked ? JSON.parse(box.value) : off }),
    );
  });
}

$('#persona').value = sessionStorage.getItem('persona') ?? 'admin';
become($('#persona').value);
