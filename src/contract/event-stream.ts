import * as z from 'zod/mini';

/** What every stream of server-sent events takes, beside its channels. */
export const eventStreamQuery = {
  /** Positions to go on from, parted by commas; `Last-Event-ID` wins over it. Room for 100 channels. */
  cursor: z.optional(z.string().check(z.maxLength(10_000))),
  /**
   * Seconds to wait for news. With it the stream ends as soon as it has sent some, else when
   * the time is up: asked again and again, it is polling. Without it the stream goes on.
   */
  wait: z.optional(z.int().check(z.gte(0), z.lte(60))),
};
