// dist/inlay.notifications.js: the elements for notifications.
import { InlayProvider } from '../elements/inlay-provider/inlay-provider.js';
import { NotificationFeed } from '../elements/notification-feed/notification-feed.js';
import { ToastRegion } from '../elements/toast-region/toast-region.js';
import { embed } from './embed.js';

// The provider comes first: the others look for it when they are upgraded.
embed({
  'inlay-provider': InlayProvider,
  'notification-feed': NotificationFeed,
  'toast-region': ToastRegion,
});
