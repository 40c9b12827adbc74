import { css } from 'lit';

/** The menu, the bar of what is done with many, and what is in the dialogs. */
export const toolStyles = css`
  .choice {
    display: grid;
    gap: var(--space);
  }
  .choice li {
    display: flex;
    align-items: center;
    gap: var(--space);
  }
  .choice label {
    flex: 1;
    display: flex;
    align-items: center;
    gap: calc(2 * var(--space));
    min-inline-size: 0;
    min-block-size: 32px;
  }
  .choice .field {
    inline-size: 84px;
  }
  /* Over the last rows, so that nothing moves; they can be scrolled out from under it. */
  .bulk {
    position: absolute;
    inset-inline: calc(3 * var(--space));
    inset-block-end: calc(3 * var(--space));
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--space));
    padding: calc(2 * var(--space)) calc(4 * var(--space));
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
  }
  .bulk > [role] {
    font-weight: 600;
  }
  .bulk > .icon {
    margin-inline-start: auto;
  }
  .bulk progress {
    flex: 1 1 80px;
    min-inline-size: 0;
    accent-color: var(--accent);
  }
  .outcomes {
    max-block-size: 40vh;
    overflow: auto;
  }
  .menu {
    display: grid;
    grid-template-columns: minmax(0, auto);
    min-inline-size: 180px;
  }
  .menu:not(:popover-open) {
    display: none;
  }
  .menu .text {
    min-block-size: 32px;
    margin: 0;
    padding-inline: 30px 12px;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .menu .text:hover,
  .menu .text:focus {
    background: var(--sunken);
    outline-offset: -2px;
  }
  .menu [aria-checked='true']::before {
    content: '✓';
    position: absolute;
    margin-inline-start: -18px;
  }
  .menu .loss {
    color: var(--danger);
  }
  .group {
    padding: 8px 12px 2px;
    color: var(--muted);
    font-size: 12px;
  }
`;
