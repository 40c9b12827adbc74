import { define } from '../../kit/define.js';
import { UserSearch } from './user-search.js';

define('user-search', UserSearch);
export type { UserSearch } from './user-search.js';
