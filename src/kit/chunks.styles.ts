import { css } from 'lit';

/** For elements that draw in chunks. */
export const chunkStyles = css`
  .rows {
    /* Its top stays where it is, whatever room the first chunk leaves above. */
    display: flow-root;
  }
  .chunk {
    contain: content;
  }
  .far {
    content-visibility: auto;
  }
`;
