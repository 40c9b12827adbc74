import { css } from 'lit';

/** Narrow places are laid out by area: what has none there is left out. */
export const gridStyles = css`
  .search {
    flex: 1 1 160px;
    min-inline-size: 0;
  }
  .count {
    /* Room for its text before there is one. */
    min-inline-size: 8.5em;
    min-block-size: 1.45em;
    margin-inline-start: auto;
    text-align: end;
    color: var(--muted);
    font-size: 13px;
  }
  .scroller {
    block-size: var(--inlay-user-list-height, 480px);
  }
  .row {
    display: grid;
    grid-template-columns: var(--tracks);
    align-items: center;
    gap: 0 calc(3 * var(--space));
    block-size: var(--inlay-user-list-row-height, 56px);
    padding-inline: calc(4 * var(--space));
    border-block-end: 1px solid var(--border);
  }
  .heads,
  .body {
    min-inline-size: var(--least);
  }
  .heads {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
  }
  .head {
    block-size: 38px;
    background: var(--surface);
    color: var(--muted);
    font-size: 12.5px;
    font-weight: 500;
  }
  /* All of the heading. */
  .head button {
    block-size: 100%;
    inline-size: calc(100% + 6px);
    max-inline-size: none;
  }
  .head button:hover,
  .head [aria-sort] button {
    color: var(--text);
  }
  .body .row {
    background: var(--surface);
  }
  .body .row:hover {
    background: var(--sunken);
  }
  .body .row[aria-current] {
    background: color-mix(in srgb, var(--accent) 12%, var(--surface));
  }
  .row > * {
    min-inline-size: 0;
  }
  .row > :focus-visible,
  .row :focus-visible {
    outline-offset: -2px;
  }
  .who {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--space));
  }
  .name {
    /* Both sides: the text may run either way. */
    margin-inline: -6px;
    font-weight: 600;
  }
  .email,
  .joined {
    color: var(--muted);
  }
  .text {
    max-inline-size: 100%;
  }
  .whole {
    block-size: 100%;
    align-content: center;
    overflow: hidden;
    cursor: pointer;
  }
  .body .row[aria-selected='true'] {
    background: color-mix(in srgb, var(--accent) 8%, var(--surface));
  }
  .check,
  .c-check {
    display: grid;
    place-items: center;
    block-size: 100%;
    cursor: pointer;
  }
  [type='checkbox'] {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    accent-color: var(--accent);
  }
  .bar .icon {
    block-size: 34px;
  }
  .invite:disabled {
    visibility: hidden;
  }
  .head > * {
    position: relative;
    align-content: center;
    block-size: 100%;
  }
  .head {
    user-select: none;
  }
  /* Caught from either side of the line, and above the next heading's button. */
  .edge {
    position: absolute;
    inset-block: 0;
    inset-inline-end: -15px;
    z-index: 1;
    inline-size: 19px;
    cursor: col-resize;
    touch-action: none;
  }
  .edge::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 9px;
    border-inline-start: 1px solid transparent;
  }
  .head:hover .edge::after {
    border-color: var(--border);
  }
  @media (forced-colors: active) {
    .edge::after {
      border-color: Canvas;
    }
  }
  @container (inline-size < 773px) {
    .row {
      grid-template:
        'check who role state acts' 'check email role state acts' / auto minmax(0, 1fr)
        112px 92px 32px;
      align-content: center;
    }
    .heads,
    .body {
      min-inline-size: 0;
    }
    .head {
      grid-template-rows: 1fr 0;
    }
    .joined,
    .own,
    .head > :not(.c-check, .c-name, .c-role, .c-status, .c-acts, .c-row) {
      display: none;
    }
    .check,
    .c-check {
      grid-area: check;
    }
    .who,
    .c-name {
      grid-area: who;
    }
    .email {
      grid-area: email;
      margin-inline: 46px;
      font-size: 12.5px;
    }
    .body .who {
      align-self: end;
    }
    .who .avatar {
      margin-block-end: -20px;
    }
    .role,
    .c-role {
      grid-area: role;
    }
    .state,
    .c-status {
      grid-area: state;
    }
    .acts,
    .c-acts {
      grid-area: acts;
    }
  }
  @container (inline-size < 480px) {
    .heads {
      display: none;
    }
    .row {
      grid-template:
        'check who who acts' 'check email email email' 'check role state state' / auto minmax(
          0,
          1fr
        )
        auto 32px;
      block-size: max(92px, var(--inlay-user-list-row-height, 92px));
    }
    .role {
      margin-inline-start: 46px;
    }
  }
  /* Rows of the page's own are laid out by the page, however wide. */
  .free .row {
    grid-template: 100% / var(--tracks);
  }
  .free .row:not(.head) {
    block-size: var(--inlay-user-list-row-height, 56px);
  }
  .free .row > * {
    grid-area: auto;
  }
  .free .who ~ .bone {
    display: none;
  }
`;
