import { css } from 'lit';

/** Forms, and the dialogs they stand in. */
export const formStyles = css`
  form {
    display: grid;
    gap: calc(4 * var(--space));
  }
  .entry {
    display: grid;
    gap: var(--space);
  }
  .entry label {
    font-weight: 500;
  }
  .entry .field {
    min-inline-size: 0;
    min-block-size: 38px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--space));
  }
  .primary,
  .primary:hover,
  .danger,
  .danger:hover {
    border-color: transparent;
    color: var(--surface);
    background: var(--accent);
  }
  .danger,
  .danger:hover {
    background: var(--danger);
  }
  .conflict {
    display: grid;
    gap: calc(3 * var(--space));
    padding: calc(3 * var(--space)) calc(4 * var(--space));
    border: 1px solid var(--warning);
    border-radius: calc(0.7 * var(--radius));
  }
  .conflict dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 130px), 1fr));
    gap: var(--space) calc(3 * var(--space));
  }
  .conflict dt {
    grid-column: 1 / -1;
    color: var(--text);
    font-weight: 500;
  }
  dialog {
    inline-size: min(440px, 100vw - 32px);
    max-block-size: calc(100dvh - 32px);
    padding: 0;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    color: var(--text);
    background: var(--surface);
    box-shadow: 0 16px 48px rgb(0 0 0 / 0.28);
  }
  dialog::backdrop {
    background: rgb(10 12 16 / 0.5);
  }
  .sheet {
    padding: calc(5 * var(--space));
  }
  h2 {
    margin: 0 0 calc(4 * var(--space));
    font-size: 17px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
`;
