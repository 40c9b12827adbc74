import type { QueryClient } from '@tanstack/query-core';
import type { Api } from '../contract/index.js';
import type { LiveSource } from '../live/live-source.js';

export interface Runtime {
  /** Distinguishes two backends on a page; the base URL by default. */
  readonly id: string;
  readonly queries: QueryClient;
  readonly api: Api;
  readonly live: LiveSource;
}
