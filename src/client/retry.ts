import { ApiError, NetworkError } from './errors.js';

const maxRetries = 3;
const longestWait = 30_000;
const passing = new Set([408, 429, 502, 503, 504]);

/**
 * Repeats what may pass by itself up to three times, with full jitter (250 ms
 * doubling) or after the server's `Retry-After`. Waits of more than 30 s are the
 * caller's to decide, who sees them in `error.retryAfter`.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  wait: (ms: number) => Promise<void>,
  random: () => number,
): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (error) {
      const mayPass =
        error instanceof NetworkError || (error instanceof ApiError && passing.has(error.status));
      if (!mayPass || retries === maxRetries) throw error;
      const ms =
        error.retryAfter === undefined ? random() * 250 * 2 ** retries : error.retryAfter * 1000;
      if (ms > longestWait) throw error;
      await wait(ms);
    }
  }
}
