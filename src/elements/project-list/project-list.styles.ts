import { css } from 'lit';

export const styles = css`
  .scroller {
    block-size: var(--inlay-project-list-height, 360px);
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 148px 112px;
    align-items: center;
    gap: var(--space) calc(3 * var(--space));
    min-block-size: 70px;
    padding: calc(2 * var(--space)) calc(4 * var(--space));
    border-block-end: 1px solid var(--border);
  }
  .title {
    display: flex;
    align-items: center;
    min-block-size: 34px;
  }
  .name {
    min-inline-size: 0;
    font-weight: 600;
  }
  /* The button goes the page's way, its text its own: a name loses its end. */
  .name .cut {
    display: block;
  }
  input {
    flex: 1;
    min-inline-size: 0;
    margin-inline-start: -9px;
    padding-inline: 8px;
    min-block-size: 32px;
    font-weight: 600;
  }
  .faces {
    display: flex;
    align-items: center;
    padding-inline-start: 4px;
  }
  .face {
    display: flex;
  }
  .face .avatar {
    inline-size: 28px;
    block-size: 28px;
    /* Not so far that it covers the initials before it. */
    margin-inline-start: -4px;
    border: 2px solid var(--surface);
    font-size: 10.5px;
  }
  .more {
    margin-inline-start: 5px;
  }
  select {
    inline-size: 100%;
    min-block-size: 30px;
    padding: 0 4px;
    border: 1px solid var(--control);
    border-radius: calc(0.7 * var(--radius));
    background: var(--surface);
    cursor: pointer;
  }
  @container (inline-size < 520px) {
    .row {
      grid-template-columns: minmax(0, 1fr) 112px;
      min-block-size: 104px;
    }
    .what {
      grid-column: 1 / 3;
    }
  }
`;
