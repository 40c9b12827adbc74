import { configure } from '/esm/index.js';
import '/esm/user-list/define.js';
import '/esm/toast-region/define.js';
import { getToken, signIn } from './session.js';

const signedIn = signIn('admin');
configure({ baseUrl: '/api', getToken: (about) => signedIn.then(() => getToken(about)) });

document.querySelector('user-list').addEventListener('inlay-select', ({ item }) => {
  document.querySelector('#choice').textContent = `${item.name} <${item.email}>`;
});
