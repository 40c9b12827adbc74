// dist/inlay.js: every element.
import { InlayProvider } from './elements/inlay-provider/inlay-provider.js';
import { NotificationFeed } from './elements/notification-feed/notification-feed.js';
import { ToastRegion } from './elements/toast-region/toast-region.js';
import { UserList } from './elements/user-list/user-list.js';
import { embed } from './embed/embed.js';

// The provider comes first: the others look for it when they are upgraded.
embed({
  'inlay-provider': InlayProvider,
  'user-list': UserList,
  'notification-feed': NotificationFeed,
  'toast-region': ToastRegion,
});
