import { css } from 'lit';

export const styles = css`
  .scroller {
    overflow: visible;
  }
  .blank {
    min-block-size: 240px;
  }
  .top {
    display: flex;
    align-items: center;
    gap: calc(4 * var(--space));
    min-block-size: 112px;
    padding: calc(4 * var(--space));
  }
  .picture {
    position: relative;
    flex: none;
    inline-size: 72px;
    block-size: 72px;
    border-radius: 50%;
  }
  .picture > .avatar {
    inline-size: 100%;
    block-size: 100%;
    font-size: 24px;
  }
  .over {
    outline: 2px dashed var(--accent);
    outline-offset: 3px;
  }
  .picture .icon {
    position: absolute;
    inset-block-end: -6px;
    inset-inline-end: -6px;
    border: 1px solid var(--border);
    border-radius: 50%;
    background: var(--surface);
  }
  .picture .icon:hover {
    background: var(--sunken);
    color: var(--text);
  }
  .picture .remove {
    inset-inline: -6px auto;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  @container (inline-size < 260px) {
    .top {
      flex-wrap: wrap;
    }
    .who {
      flex-basis: 100%;
    }
  }
  h2,
  .name {
    font-size: 18px;
    font-weight: 600;
    line-height: 26px;
    overflow-wrap: anywhere;
  }
  .name {
    block-size: 26px;
    padding-block: 2px;
  }
  .sub {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(3 * var(--space));
    min-block-size: 21px;
    color: var(--muted);
  }
  .sub:empty {
    display: none;
  }
  .sub .bone {
    inline-size: 45%;
  }
  .acts {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--space));
    align-self: start;
  }
  .panel,
  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--space)) calc(3 * var(--space));
    margin: 0;
    padding: calc(3 * var(--space)) calc(4 * var(--space));
    background: var(--sunken);
  }
  .panel label {
    display: flex;
    flex: 1 1 200px;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(3 * var(--space));
  }
  progress {
    flex: 1 1 100px;
    min-inline-size: 0;
    accent-color: var(--accent);
  }
  dd {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--muted);
  }
  .details {
    border-block-start: 1px solid var(--border);
    padding: calc(2 * var(--space)) calc(4 * var(--space));
  }
  .details > div {
    display: grid;
    grid-template-columns: minmax(96px, 1fr) 3fr;
    gap: calc(3 * var(--space));
    align-items: center;
    min-block-size: 36px;
  }
  .edited {
    padding: calc(4 * var(--space));
    border-block-start: 1px solid var(--border);
  }
  .edited > form {
    max-inline-size: 560px;
  }
  .lists {
    display: flex;
    flex-wrap: wrap;
    border-block-start: 1px solid var(--border);
  }
  section {
    flex: 1 1 240px;
    min-inline-size: 0;
    padding-block-start: calc(3 * var(--space));
  }
  h3 {
    padding-inline: calc(4 * var(--space));
    font-size: 13px;
    font-weight: 600;
  }
  ul,
  p.none {
    block-size: var(--inlay-user-profile-list-height, 160px);
    margin: 0;
    padding: var(--space) calc(4 * var(--space)) calc(3 * var(--space));
    overflow: auto;
    list-style: none;
  }
  ul:focus-visible {
    outline-offset: -2px;
  }
  li {
    display: flex;
    align-items: center;
    gap: calc(2.5 * var(--space));
    min-block-size: 36px;
  }
  li > .cut {
    flex: 1;
  }
  li > .avatar {
    inline-size: 28px;
    block-size: 28px;
    font-size: 10.5px;
  }
  li > .dot {
    flex: none;
  }
  .none,
  li > .dot {
    color: var(--muted);
  }
`;
