import { css } from 'lit';

/**
 * Tokens and the root that they hang on; not on `:host`: the page's own CSS beats `:host` rules
 * (`* { all: unset }` is not rare). Light or dark follows the page's `color-scheme`; sizes are
 * pixels on our own scale, as the page's `rem` may be anything.
 */
export const frame = css`
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
  ul,
  dl,
  dd,
  h2,
  h3,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
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
  /* Keeps its room, so that nothing moves. */
  .refused {
    border-color: transparent;
  }
  .refused > :not(slot) {
    visibility: hidden;
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
  .line .acts:has([aria-expanded='true']) {
    opacity: 1;
  }
  .line:hover {
    background: var(--sunken);
  }
`;
