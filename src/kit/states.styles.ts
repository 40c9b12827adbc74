import { css } from 'lit';
import { hues } from './hues.js';

/** How something stands: tones, faces, notices, skeletons; and what has the last word on all. */
export const states = css`
  .dot::before {
    content: '';
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 7px;
    border-radius: 50%;
    background: var(--tone, var(--accent));
  }
  .success,
  .active,
  .joined {
    --tone: var(--success);
  }
  .warning,
  .invited,
  .paused,
  .left {
    --tone: var(--warning);
  }
  .error,
  .suspended {
    --tone: var(--danger);
  }
  .archived {
    --tone: var(--muted);
  }
  .suspended::before,
  .archived::before {
    border-radius: 2px;
  }
  .fine {
    color: var(--muted);
    font-size: 13px;
  }
  .wrong {
    margin: 0;
    color: var(--danger);
    font-size: 13px;
  }
  .cut {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  ${hues}
  .avatar {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 34px;
    block-size: 34px;
    border-radius: 50%;
    object-fit: cover;
    unicode-bidi: plaintext;
    font-size: 12.5px;
    font-weight: 600;
    color: light-dark(hsl(var(--hue) 60% 26%), hsl(var(--hue) 60% 86%));
    background: light-dark(hsl(var(--hue) 60% 91%), hsl(var(--hue) 32% 28%));
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--space)) calc(3 * var(--space));
    padding: calc(2.5 * var(--space)) calc(4 * var(--space));
    background: light-dark(#fdf1ef, #35201e);
    border-block-end: 1px solid var(--border);
  }
  .notice > span {
    flex: 1 1 16em;
  }
  /* Of what was asked for before. */
  .stale {
    opacity: 0.6;
  }
  .blank {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: calc(3 * var(--space));
    min-block-size: 100%;
    padding: calc(6 * var(--space));
    text-align: center;
    color: var(--muted);
  }
  .blank :is(strong, .button) {
    color: var(--text);
  }
  .blank strong {
    font-weight: 600;
  }
  .bone {
    display: block;
    inline-size: 70%;
    block-size: 10px;
    margin-block: 6px;
    border-radius: 5px;
    background: var(--border);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .avatar.bone {
    inline-size: 34px;
    block-size: 34px;
    margin: 0;
    border-radius: 50%;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  /* Names and texts keep their own direction, and the side of the page's. */
  [dir='auto'],
  [dir='ltr'] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .dot::before {
      border: 4px solid Highlight;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
