import { define } from '../../kit/define.js';
import '../notification-feed/define.js';
import { NotificationBell } from './notification-bell.js';

define('notification-bell', NotificationBell);
export type { NotificationBell } from './notification-bell.js';
