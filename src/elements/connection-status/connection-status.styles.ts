import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-block;
  }
  .root {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(2 * var(--space));
    min-block-size: 28px;
    container-type: normal;
    border: 0;
    background: none;
    /* It stands on whatever the page has there, and is as the words around it. */
    color: inherit;
    font-size: 13px;
    vertical-align: middle;
  }
  .dot {
    white-space: nowrap;
  }
  .text {
    margin-inline-start: 0;
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .text:hover {
    background: color-mix(in srgb, currentcolor 12%, transparent);
  }
  .waiting {
    --tone: var(--muted);
  }
  /* Not by colour alone: what is not live is hollow. */
  .error.dot::before,
  .warning.dot::before {
    border: 2px solid var(--tone);
    background: none;
  }
`;
