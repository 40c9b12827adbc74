import { css } from 'lit';

/** What stands around the grid. */
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
  .stage {
    position: relative;
  }
  .under .body {
    margin-block-end: 76px;
  }
  .under {
    scroll-padding-block-end: 76px;
  }
`;
