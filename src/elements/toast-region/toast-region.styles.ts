import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }
  .root {
    position: fixed;
    inset: auto;
    inset-block-end: 0;
    inset-inline-end: 0;
    inline-size: min(380px, 100vw);
    margin: 0;
    padding: 0;
    overflow: visible;
    border: 0;
    background: none;
    pointer-events: none;
  }
  /* The room around them is for their shadows, which scrolling would clip. */
  .toasts {
    max-block-size: calc(100vh - 8 * var(--space));
    padding: 0 calc(4 * var(--space)) calc(4 * var(--space));
    overflow: auto;
  }
  .toast {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--space));
    margin-block-start: calc(2 * var(--space));
    padding: calc(2.5 * var(--space)) calc(2 * var(--space)) calc(2.5 * var(--space))
      calc(4 * var(--space));
    border: 1px solid var(--border);
    border-inline-start: 4px solid var(--tone, var(--accent));
    border-radius: var(--radius);
    background: var(--surface);
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
    pointer-events: auto;
    touch-action: pan-y;
    position: relative;
    overflow: clip;
  }
  /* Of a stack the latest, until somebody turns to it. */
  .root:not(:hover, :focus-within) .toasts > :nth-last-child(n + 4) .toast {
    display: none;
  }
  .more {
    inline-size: fit-content;
    margin-inline: auto;
    padding: 1px 10px;
    border: 1px solid var(--border);
    border-radius: 99px;
    background: var(--surface);
    pointer-events: auto;
  }
  .root:is(:hover, :focus-within) .more {
    opacity: 0;
  }
  progress,
  .time {
    position: absolute;
    inset-block-end: 0;
    inset-inline-start: 0;
    inline-size: 100%;
    block-size: 3px;
  }
  progress {
    accent-color: var(--accent);
  }
  .time {
    background: var(--tone, var(--accent));
    opacity: 0.5;
  }
  .words {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  a {
    color: inherit;
    text-underline-offset: 3px;
  }
`;
