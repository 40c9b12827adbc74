import { configure } from '/esm/index.js';
import '/esm/user-list/define.js';
import '/esm/toast-region/define.js';
import { getToken, signIn } from './session.js';

// Should it fail, the next call tries again.
signIn('admin').catch(() => undefined);
configure({ baseUrl: '/api', getToken });

document.querySelector('user-list').addEventListener('inlay-select', ({ item }) => {
  document.querySelector('#choice').textContent = `${item.name} <${item.email}>`;
});
