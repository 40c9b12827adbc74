export type { Configuration } from './configuration.js';
export type { Notice } from './notices.js';
export { createRuntime, type Runtime } from './runtime.js';
export { configure, getPageSource, getRuntime, notify, onNotice, Source } from './source.js';
