// dist/inlay.js: every element.
import { ConnectionStatus } from './elements/connection-status/connection-status.js';
import { InlayProvider } from './elements/inlay-provider/inlay-provider.js';
import { NotificationBell } from './elements/notification-bell/notification-bell.js';
import { NotificationFeed } from './elements/notification-feed/notification-feed.js';
import { ProjectList } from './elements/project-list/project-list.js';
import { TeamMembers } from './elements/team-members/team-members.js';
import { ToastRegion } from './elements/toast-region/toast-region.js';
import { UserList } from './elements/user-list/user-list.js';
import { UserProfile } from './elements/user-profile/user-profile.js';
import { UserSearch } from './elements/user-search/user-search.js';
import { embed } from './embed/embed.js';

// The provider comes first: the others look for it when they are upgraded.
embed({
  'inlay-provider': InlayProvider,
  'user-list': UserList,
  'user-profile': UserProfile,
  'user-search': UserSearch,
  'project-list': ProjectList,
  'team-members': TeamMembers,
  'notification-feed': NotificationFeed,
  'notification-bell': NotificationBell,
  'connection-status': ConnectionStatus,
  'toast-region': ToastRegion,
});
