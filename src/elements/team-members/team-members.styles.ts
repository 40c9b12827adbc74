import { css } from 'lit';

export const styles = css`
  .team {
    font-weight: 600;
  }
  .count {
    margin-inline-start: auto;
  }
  .scroller {
    block-size: var(--inlay-team-members-height, 360px);
  }
  .scroller:has([part='empty']) {
    block-size: auto;
  }
  .row {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--space));
    min-block-size: 52px;
    padding-inline: calc(4 * var(--space));
    border-block-end: 1px solid var(--border);
  }
  .name {
    min-inline-size: 0;
    margin-inline-end: auto;
    font-weight: 550;
  }
  /* The button goes the page's way, its text its own: a name loses its end. */
  .name .cut {
    display: block;
  }
  .badge {
    padding: 1px 8px;
    border: 1px solid var(--border);
    border-radius: 99px;
  }
  .news {
    background: color-mix(in srgb, var(--tone, var(--accent)) 12%, var(--surface));
  }
  .news .badge.tone {
    border-color: var(--tone, var(--accent));
    color: var(--text);
  }
  .left .name {
    text-decoration: line-through;
  }
`;
