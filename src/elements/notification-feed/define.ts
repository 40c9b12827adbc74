import { define } from '../../kit/define.js';
import { NotificationFeed } from './notification-feed.js';

define('notification-feed', NotificationFeed);
export type { NotificationFeed } from './notification-feed.js';
