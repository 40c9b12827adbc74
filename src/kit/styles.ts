import { css } from 'lit';
import { hues } from './hues.js';

/**
 * Tokens and the few shared forms. Everything hangs on `.root`, not on `:host`:
 * the page's own CSS beats `:host` rules (`* { all: unset }` is not rare). Light
 * or dark follows the page's `color-scheme`; sizes are pixels on our own scale,
 * as the page's `rem` may be anything.
 */
export const shared = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    --surface: var(--inlay-color-surface, light-dark(#fff, #16191f));
    --sunken: var(--inlay-color-sunken, light-dark(#f5f6f8, #1f232b));
    --text: var(--inlay-color-text, light-dark(#1a1e26, #e9ebf0));
    --muted: var(--inlay-color-muted, light-dark(#5b6472, #a0a8b5));
    --border: var(--inlay-color-border, light-dark(#e2e5ea, #2e343e));
    --control: var(--inlay-color-control, light-dark(#868e9c, #6d7684));
    --accent: var(--inlay-color-accent, light-dark(#2b5fd9, #8ab0ff));
    --danger: var(--inlay-color-danger, light-dark(#b42318, #ff9a8f));
    --success: var(--inlay-color-success, light-dark(#0b7a43, #64d49a));
    --warning: var(--inlay-color-warning, light-dark(#8f5400, #f2bb5c));
    --radius: var(--inlay-radius, 10px);
    --space: var(--inlay-space, 4px);
    display: block;
    font-family: var(--inlay-font, inherit);
    font-size: 14px;
    font-weight: 400;
    line-height: 1.45;
    font-variant-numeric: tabular-nums;
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    color: var(--text);
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: var(--radius);
    container-type: inline-size;
    overflow: clip;
  }
  .light {
    color-scheme: light;
  }
  .dark {
    color-scheme: dark;
  }
  /* Not inherited: that would restyle all inside a row whenever the row is moved. */
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  ul,
  dl,
  dd,
  h2,
  h3,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    list-style: none;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--space));
    min-block-size: 58px;
    padding: calc(2.5 * var(--space)) calc(4 * var(--space));
    border-block-end: 1px solid var(--border);
  }
  .scroller {
    overflow: auto;
  }
  /* A skeleton is nothing to scroll. */
  [aria-busy] > .scroller {
    overflow: hidden;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  /* Actions of a row come forward with the pointer or the keyboard. */
  @media (hover: hover) {
    .line:not(:hover, :focus-within) .acts {
      opacity: 0;
    }
  }
  .line:hover {
    background: var(--sunken);
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
  .dot::before {
    content: '';
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 7px;
    border-radius: 50%;
    background: var(--tone, var(--accent));
  }
  .success,
  .active,
  .joined {
    --tone: var(--success);
  }
  .warning,
  .invited,
  .paused,
  .left {
    --tone: var(--warning);
  }
  .error,
  .suspended {
    --tone: var(--danger);
  }
  .archived {
    --tone: var(--muted);
  }
  .suspended::before,
  .archived::before {
    border-radius: 2px;
  }
  .fine {
    color: var(--muted);
    font-size: 13px;
  }
  .wrong {
    margin: 0;
    color: var(--danger);
    font-size: 13px;
  }
  [aria-invalid='true'] {
    border-color: var(--danger);
  }
  .cut {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
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
  ${hues}
  .avatar {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 34px;
    block-size: 34px;
    border-radius: 50%;
    object-fit: cover;
    font-size: 12.5px;
    font-weight: 600;
    color: light-dark(hsl(var(--hue) 60% 26%), hsl(var(--hue) 60% 86%));
    background: light-dark(hsl(var(--hue) 60% 91%), hsl(var(--hue) 32% 28%));
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--space)) calc(3 * var(--space));
    padding: calc(2.5 * var(--space)) calc(4 * var(--space));
    background: light-dark(#fdf1ef, #35201e);
    border-block-end: 1px solid var(--border);
  }
  .notice > span {
    flex: 1 1 16em;
  }
  .blank {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: calc(3 * var(--space));
    min-block-size: 100%;
    padding: calc(6 * var(--space));
    text-align: center;
    color: var(--muted);
  }
  .blank strong {
    color: var(--text);
    font-weight: 600;
  }
  .bone {
    display: block;
    inline-size: 70%;
    block-size: 10px;
    margin-block: 6px;
    border-radius: 5px;
    background: var(--border);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .avatar.bone {
    inline-size: 34px;
    block-size: 34px;
    margin: 0;
    border-radius: 50%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  /* Names and texts keep their own direction, and the side of the page's. */
  [dir='auto'],
  [dir='ltr'] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
