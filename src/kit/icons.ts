import { svg, html } from 'lit';

const icon = (path: string) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;

export const icons = {
  close: icon('M6 6l12 12M18 6L6 18'),
  trash: icon('M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3'),
  archive: icon('M3 5h18v4H3zM5 9v11h14V9M10 13h4'),
  check: icon('M4 12l5 6L20 6'),
  unread: icon('M8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0'),
};
