export * from './keys.js';
export * from './users.js';
