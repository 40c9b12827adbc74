import { css } from 'lit';

/** For elements that draw in chunks. */
export const chunkStyles = css`
  .chunk {
    contain: content;
  }
  .far {
    content-visibility: auto;
  }
`;
