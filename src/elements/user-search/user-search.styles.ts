import { css } from 'lit';

export const styles = css`
  .root {
    container-type: normal;
    overflow: visible;
    border: 0;
    background: none;
  }
  #anchor {
    display: grid;
    align-items: center;
  }
  #anchor > * {
    grid-area: 1 / 1;
  }
  .field {
    min-inline-size: 0;
    inline-size: 100%;
    padding-inline-end: 36px;
    text-overflow: ellipsis;
  }
  .icon {
    justify-self: end;
    inline-size: 30px;
    block-size: 30px;
    margin-inline-end: 2px;
  }
  .wrong {
    margin-block-start: var(--space);
  }
  ul {
    list-style: none;
    max-block-size: 308px;
    overflow: auto;
  }
  .option {
    display: flex;
    align-items: center;
    gap: calc(2.5 * var(--space));
    padding: calc(1.5 * var(--space)) calc(2 * var(--space));
    border-radius: calc(0.7 * var(--radius));
    cursor: pointer;
  }
  .option:hover {
    background: var(--sunken);
  }
  .option[aria-selected='true'] {
    background: color-mix(in srgb, var(--accent) 14%, var(--surface));
    /* For forced colours, which show no background. */
    outline: 2px solid transparent;
    outline-offset: -2px;
  }
  .who {
    flex: 1;
    display: grid;
  }
  mark {
    background: none;
    color: inherit;
    font-weight: 700;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
`;
