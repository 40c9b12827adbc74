import { define } from '../../kit/define.js';
import { UserList } from './user-list.js';

define('user-list', UserList);
export type { UserList } from './user-list.js';
