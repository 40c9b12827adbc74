import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-block;
  }
  .root {
    display: inline-block;
    position: relative;
    color: inherit;
    container-type: normal;
    overflow: visible;
    border: 0;
    background: none;
    vertical-align: middle;
  }
  .icon {
    inline-size: 40px;
    block-size: 40px;
    /* It stands on whatever the page has there, and is as the words around it. */
    color: inherit;
  }
  .icon:hover {
    background: color-mix(in srgb, currentcolor 12%, transparent);
  }
  .icon svg {
    inline-size: 22px;
    block-size: 22px;
  }
  .badge {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 2px;
    min-inline-size: 18px;
    padding-inline: 5px;
    border-radius: 9px;
    background: var(--danger);
    color: var(--surface);
    font-size: 11px;
    font-weight: 650;
    line-height: 18px;
    text-align: center;
    white-space: nowrap;
    pointer-events: none;
    forced-color-adjust: none;
  }
  @media (forced-colors: active) {
    .badge {
      background: Highlight;
      color: HighlightText;
    }
  }
  /* From side to side of a narrow window. The feed brings its frame, and is as high as there is room. */
  .popup {
    inline-size: min(420px, 100vw - 8px);
    padding: 0;
    border: 0;
    color: var(--text);
    overscroll-behavior: contain;
  }
  .popup > * {
    --inlay-notification-feed-height: min(480px, max(160px, var(--room) - var(--bar)));
    --bar: 140px;
  }
`;
