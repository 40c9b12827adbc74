import { css } from 'lit';

/** What is pressed and filled in. */
export const controls = css`
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  .button,
  .field {
    min-block-size: 34px;
    padding: 0 calc(3 * var(--space));
    border: 1px solid var(--control);
    border-radius: calc(0.7 * var(--radius));
    background: var(--surface);
  }
  .button,
  .icon,
  .text {
    cursor: pointer;
    font-weight: 500;
  }
  .button:hover,
  .icon:hover,
  .text:hover {
    background: var(--sunken);
  }
  .button.quiet {
    border-color: transparent;
    color: var(--accent);
    background: none;
  }
  .icon,
  .text {
    border: 0;
    border-radius: calc(0.7 * var(--radius));
    background: none;
  }
  .icon {
    display: inline-grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    padding: 0;
    color: var(--muted);
  }
  /* A button among texts: in line with them, as if it had no padding. */
  .text {
    min-block-size: 28px;
    margin-inline-start: -6px;
    padding: 0 6px;
    text-align: start;
  }
  [aria-invalid='true'] {
    border-color: var(--danger);
  }
  svg {
    inline-size: 18px;
    block-size: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :disabled,
  [aria-disabled='true'] {
    cursor: default;
    opacity: 0.55;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
`;
