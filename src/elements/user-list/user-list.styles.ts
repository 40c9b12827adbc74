import { css } from 'lit';

/** What stands around the grid, and over it. */
export const styles = css`
  .pages {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--space);
    padding: calc(2 * var(--space));
    border-block-start: 1px solid var(--border);
  }
  .pages .button {
    min-inline-size: 34px;
    padding: 0 8px;
  }
  .pages [aria-current='page'] {
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 700;
  }
  .step:dir(rtl) {
    scale: -1 1;
  }
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
  .stage {
    position: relative;
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
  .under .body {
    margin-block-end: 76px;
  }
  .under {
    scroll-padding-block-end: 76px;
  }
  .outcomes {
    max-block-size: 40vh;
    overflow: auto;
  }
`;
