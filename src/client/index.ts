export { createApi } from './api.js';
export { resolveBaseUrl } from './base-url.js';
export { createBatcher, type Batcher } from './batch.js';
export { createCaller, type Caller, type ClientOptions } from './caller.js';
export { createClient, type Client, type RequestOptions, type UploadOptions } from './client.js';
export * from './errors.js';
export type { GetToken } from './token.js';
