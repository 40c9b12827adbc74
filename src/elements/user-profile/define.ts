import { define } from '../../kit/define.js';
import { UserProfile } from './user-profile.js';

define('user-profile', UserProfile);
export type { UserProfile } from './user-profile.js';
