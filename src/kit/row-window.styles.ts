import { css } from 'lit';

/** For the element's styles, whose `.row` gives the height by `block-size`, in every layout. */
export const rowWindowStyles = css`
  .scroller {
    position: relative;
    overflow-anchor: none;
  }
  .rows {
    position: relative;
    contain: content;
  }
  .rows > * {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    contain: strict;
  }
`;
