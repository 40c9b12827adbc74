// dist/inlay.users.js: the elements for people.
import { InlayProvider } from '../elements/inlay-provider/inlay-provider.js';
import { ToastRegion } from '../elements/toast-region/toast-region.js';
import { UserList } from '../elements/user-list/user-list.js';
import { UserProfile } from '../elements/user-profile/user-profile.js';
import { UserSearch } from '../elements/user-search/user-search.js';
import { embed } from './embed.js';

// The provider comes first: the others look for it when they are upgraded.
embed({
  'inlay-provider': InlayProvider,
  'user-list': UserList,
  'user-profile': UserProfile,
  'user-search': UserSearch,
  'toast-region': ToastRegion,
});
