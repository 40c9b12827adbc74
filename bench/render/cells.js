/** What the cells say: alike for everybody but `<user-list>`, which has its own. */
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
export const dateOf = ({ createdAt }) => dates.format(new Date(createdAt));
export const initialsOf = ({ name }) => name[0] + (name.split(' ')[1]?.[0] ?? '');

/** Widths of the six cells. */
export const columns = '48px 1.4fr 1.2fr 112px 112px 48px';

export const styles = `
  .scroller { position: relative; block-size: 720px; overflow: auto; overflow-anchor: none }
  .head, .row { display: grid; grid-template-columns: ${columns}; align-items: center; box-sizing: border-box;
    border-block-end: 1px solid #ddd; padding-inline: 16px; gap: 12px }
  .head { position: sticky; inset-block-start: 0; z-index: 1; block-size: 38px; background: #fff }
  .row { block-size: 48px }
  .rows { position: relative; contain: content }
  .rows > * { position: absolute; inset-block-start: 0; inset-inline: 0; contain: strict }
`;

export const cellStyles = `
  .cell { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
  .avatar { display: inline-grid; place-items: center; inline-size: 34px; block-size: 34px; border-radius: 50%; background: #dde; line-height: 1 }
  .badge { padding: 2px 8px; border-radius: 9px; background: #eef }
`;

export const headings = ['', 'Name', 'E-mail', 'Role', 'Joined', ''];

export function headElement() {
  const head = document.createElement('div');
  head.className = 'head';
  for (const text of headings)
    head.append(Object.assign(document.createElement('div'), { textContent: text }));
  return head;
}

export function element(tag, className, text = '') {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

export const avatarElement = (person) => element('span', 'avatar', initialsOf(person));
export const badgeElement = ({ role }) => element('span', 'badge', role);
export function buttonElement({ name }) {
  const button = element('button', '', '×');
  button.ariaLabel = `Delete ${name}`;
  return button;
}

/** Tells everything about a change that is due, once, at the end of the task. */
export function once(work) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      work();
    });
  };
}
