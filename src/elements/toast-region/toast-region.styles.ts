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
    max-block-size: 100vh;
    margin: 0;
    padding: calc(4 * var(--space));
    overflow: visible;
    border: 0;
    background: none;
    pointer-events: none;
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
    animation: arrive 0.18s ease-out;
  }
  .words {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 10px;
    }
  }
`;
