import * as z from 'zod/mini';

/** Query of every list by cursor: `limit` 1–100. A cursor may hold a name of 100 characters, escaped and in base64. */
export const cursorQuery = (limit: number) => ({
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(1000))),
  limit: z._default(z.int().check(z.gte(1), z.lte(100)), limit),
});

/** An answer by cursor. `meta.cursor` is the live stream's position it reflects (realtime). */
export const cursorPage = <T extends z.ZodMiniType>(row: T) =>
  z.object({
    data: z.array(row),
    meta: z.object({
      limit: z.int(),
      total: z.int(),
      nextCursor: z.nullable(z.string()),
      hasMore: z.boolean(),
      cursor: z.optional(z.string()),
    }),
  });
