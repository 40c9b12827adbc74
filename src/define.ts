import './elements/inlay-provider/define.js';
import './elements/user-list/define.js';
import './elements/notification-feed/define.js';
import './elements/toast-region/define.js';
