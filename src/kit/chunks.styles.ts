import { css } from 'lit';

/** For elements that draw in chunks. */
export const chunkStyles = css`
  .chunk {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 1600px;
  }
`;
