export { persist, type PersistOptions, type PersistStorage } from './persist.js';
