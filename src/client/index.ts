export { createApi } from './api.js';
export { resolveBaseUrl } from './base-url.js';
export { createBatcher, type Batcher } from './batch.js';
export { createClient, type Client, type ClientOptions, type RequestOptions } from './client.js';
export * from './errors.js';
export type { GetToken } from './token.js';
