import './elements/inlay-provider/define.js';
import './elements/user-list/define.js';
import './elements/user-profile/define.js';
import './elements/notification-feed/define.js';
import './elements/toast-region/define.js';
import './elements/user-search/define.js';
import './elements/project-list/define.js';
import './elements/team-members/define.js';
