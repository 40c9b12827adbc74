// dist/inlay.notifications.js: the elements for notifications.
import { ConnectionStatus } from '../elements/connection-status/connection-status.js';
import { InlayProvider } from '../elements/inlay-provider/inlay-provider.js';
import { NotificationBell } from '../elements/notification-bell/notification-bell.js';
import { NotificationFeed } from '../elements/notification-feed/notification-feed.js';
import { ToastRegion } from '../elements/toast-region/toast-region.js';
import { embed } from './embed.js';

// The provider comes first: the others look for it when they are upgraded.
embed({
  'inlay-provider': InlayProvider,
  'notification-feed': NotificationFeed,
  'notification-bell': NotificationBell,
  'connection-status': ConnectionStatus,
  'toast-region': ToastRegion,
});
