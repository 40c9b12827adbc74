import { define } from '../../kit/define.js';
import { TeamMembers } from './team-members.js';

define('team-members', TeamMembers);
export type { TeamMembers } from './team-members.js';
