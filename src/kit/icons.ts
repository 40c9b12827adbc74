import { html } from 'lit';

// For rows of which there are many: a template of its own for each icon would be felt.
export const archivePath = 'M3 5h18v4H3zM5 9v11h14V9M10 13h4';
export const checkPath = 'M4 12l5 6L20 6';
export const clockPath = 'M12 7v5l3 2M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0';
export const unreadPath = 'M8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0';

/* @__NO_SIDE_EFFECTS__ */
function icon(path: string) {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

// One by one, so that a script has those that its elements show.
export const close = icon('M6 6l12 12M18 6L6 18');
export const trash = icon('M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3');
export const camera = icon('M4 8h4l2-3h4l2 3h4v11H4zM9 13a3 3 0 1 0 6 0a3 3 0 1 0-6 0');
export const pencil = icon('M4 20l1-5L16 4l4 4L9 19zM14 6l4 4');
export const bell = icon('M5 17h14c-2-2-2-4-2-8a5 5 0 0 0-10 0c0 4 0 6-2 8M10 20h4');
