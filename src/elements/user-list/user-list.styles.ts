import { css } from 'lit';

export const styles = css`
  .search {
    flex: 1 1 180px;
    min-inline-size: 0;
  }
  .count {
    margin-inline-start: auto;
    color: var(--muted);
    font-size: 13px;
  }
  .scroller {
    block-size: var(--inlay-user-list-height, 480px);
  }
  .stale {
    opacity: 0.6;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(180px, 1.4fr) minmax(120px, 1fr) 112px 88px 96px 32px;
    align-items: center;
    gap: 0 calc(3 * var(--space));
    block-size: var(--inlay-user-list-row-height, 56px);
    padding-inline: calc(4 * var(--space));
    border-block-end: 1px solid var(--border);
  }
  .body .row[data-selected] {
    background: color-mix(in srgb, var(--accent) 12%, var(--surface));
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    block-size: 38px;
    background: var(--surface);
    color: var(--muted);
    font-size: 12.5px;
    font-weight: 500;
  }
  .head button:hover,
  .head [aria-sort] button {
    color: var(--text);
  }
  .who {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--space));
    min-inline-size: 0;
  }
  .email,
  .joined {
    color: var(--muted);
  }
  .role select {
    inline-size: 100%;
    min-block-size: 30px;
    padding: 0 4px;
    border: 1px solid transparent;
    border-radius: 7px;
    background: none;
    margin-inline-start: -5px;
    cursor: pointer;
  }
  .row:hover .role select,
  .role select:focus-visible {
    border-color: var(--control);
    background: var(--surface);
  }
  .role option {
    background: var(--surface);
    color: var(--text);
  }
  .active {
    --tone: var(--success);
  }
  .invited {
    --tone: var(--warning);
  }
  .suspended {
    --tone: var(--danger);
  }
  .suspended::before {
    border-radius: 2px;
  }
  .name {
    font-weight: 600;
  }
  .remove:hover {
    color: var(--danger);
  }
  .end {
    min-block-size: 1px;
  }
  @container (inline-size < 760px) {
    .row {
      grid-template-columns: minmax(0, 1fr) 116px 92px 32px;
    }
    .joined,
    .col-createdAt,
    .col-email {
      display: none;
    }
    .body .row {
      grid-template-rows: auto auto;
      row-gap: 0;
      align-content: center;
    }
    .body .who {
      grid-row: 1;
      align-self: end;
    }
    .body .who .avatar {
      margin-block-end: -20px;
    }
    .body .email {
      grid-area: 2 / 1;
      align-self: start;
      margin-inline: 46px;
      font-size: 12.5px;
    }
    .body .role,
    .body .state,
    .body .acts {
      grid-row: 1 / 3;
    }
  }
  @container (inline-size < 480px) {
    .head {
      display: none;
    }
    .body .row {
      grid-template: auto auto auto / minmax(0, 1fr) auto 32px;
      block-size: auto;
      padding-block: calc(2 * var(--space));
    }
    .body .who {
      grid-area: 1 / 1 / 2 / 3;
    }
    .body .email {
      grid-area: 2 / 1 / 3 / 4;
    }
    .body .role {
      grid-area: 3 / 1;
      margin-inline-start: 46px;
    }
    .body .state {
      grid-area: 3 / 2 / 4 / 4;
    }
    .body .acts {
      grid-area: 1 / 3;
    }
  }
`;
