import { css } from 'lit';

export const styles = css`
  fieldset {
    display: flex;
    gap: 2px;
    padding: 3px;
    border-radius: calc(0.8 * var(--radius));
    background: var(--sunken);
  }
  .tab {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-block-size: 28px;
    padding: 0 calc(2 * var(--space));
    border-radius: calc(0.6 * var(--radius));
    color: var(--muted);
    font-weight: 500;
    cursor: pointer;
  }
  .tab input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: inherit;
  }
  .tab:has(:checked) {
    background: var(--surface);
    color: var(--text);
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.12);
  }
  .tab:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }
  /* With room for the number before it is known. */
  .tab span {
    min-inline-size: 2ch;
    font-size: 12px;
    font-weight: 400;
  }
  .all {
    display: flex;
    /* Beside the filters or below them, but not in two lines. */
    flex: 1 0 auto;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: var(--space);
    max-inline-size: 100%;
    /* As with a button of words. */
    min-block-size: 34px;
  }
  .above {
    position: relative;
    z-index: 2;
    block-size: 0;
    text-align: center;
  }
  .above .button {
    margin-block-start: calc(2 * var(--space));
    border-radius: 17px;
    border-color: transparent;
    color: var(--surface);
    background: var(--accent);
    box-shadow: 0 2px 10px rgb(0 0 0 / 0.25);
  }
  .panel {
    padding: calc(2 * var(--space));
  }
  .panel:popover-open,
  .panel form {
    display: grid;
    gap: calc(2 * var(--space));
  }
  .panel .text {
    display: flex;
    justify-content: space-between;
    gap: calc(6 * var(--space));
    min-block-size: 34px;
    margin: 0;
    align-items: center;
  }
  .panel label,
  .panel .wrong {
    padding-inline: 6px;
  }
  .panel form {
    padding-block-start: calc(2 * var(--space));
    border-block-start: 1px solid var(--border);
  }
  .wrong:empty {
    display: none;
  }
  th,
  td {
    padding: 0 calc(2 * var(--space));
    font-weight: 400;
    text-align: center;
  }
  th:first-child {
    text-align: start;
  }
  thead th {
    color: var(--muted);
    font-size: 13px;
  }
  [type='checkbox'] {
    inline-size: 18px;
    block-size: 18px;
    margin: 7px;
    vertical-align: middle;
    accent-color: var(--accent);
  }
  .until {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: calc(2 * var(--space));
    color: var(--text);
  }
  .until svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .scroller {
    block-size: var(--inlay-notification-feed-height, 480px);
  }
  .day {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: calc(2 * var(--space)) calc(4 * var(--space));
    background: var(--surface);
    font-weight: 500;
  }
  .day::first-letter {
    text-transform: uppercase;
  }
  .item {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 2px calc(3 * var(--space));
    padding: calc(3 * var(--space)) calc(4 * var(--space));
    border-block-end: 1px solid var(--border);
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .mark {
    position: relative;
    grid-row: 1 / 4;
    inline-size: 34px;
    block-size: 34px;
  }
  /* A glyph for each kind: a dot beside a face would say that somebody is there. */
  .kind {
    position: absolute;
    inset-block-end: -5px;
    inset-inline-end: -5px;
    display: grid;
    place-items: center;
    inline-size: 18px;
    block-size: 18px;
    border: 2px solid var(--surface);
    border-radius: 50%;
    background: var(--tone, var(--accent));
    color: var(--surface);
    font-size: 10px;
    font-weight: 800;
    line-height: 1;
  }
  .kind::before {
    content: var(--glyph);
  }
  .info {
    --glyph: 'i';
  }
  .success {
    --glyph: '✓';
  }
  .warning {
    --glyph: '!';
    border-radius: 5px;
  }
  .error {
    --glyph: '×';
    border-radius: 3px;
  }
  .mark:not(:has(.avatar)) .kind {
    inset: 6px;
    inline-size: 22px;
    block-size: 22px;
    border: 0;
    font-size: 13px;
  }
  .title {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .read .title {
    font-weight: 400;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  bdi {
    font-weight: 550;
  }
  .message,
  .meta {
    grid-column: 2;
  }
  .message {
    color: var(--muted);
    overflow-wrap: anywhere;
  }
  .acts {
    grid-row: 1 / 4;
    grid-column: 3;
    display: flex;
    align-items: start;
  }
  time {
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .tab:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
  @container (inline-size < 440px) {
    fieldset {
      display: grid;
      grid-template-columns: 1fr 1fr;
      flex: 1 1 100%;
    }
    .acts {
      grid-row: 3;
      align-self: end;
      margin-block: -4px;
    }
    .acts .icon {
      inline-size: 28px;
    }
    .title,
    .message,
    .meta {
      grid-column: 2 / 4;
    }
    .acts {
      z-index: 1;
      background: inherit;
    }
    .meta {
      grid-row: 3;
      align-self: center;
    }
    .until {
      display: flex;
      margin: 0;
    }
  }
`;
