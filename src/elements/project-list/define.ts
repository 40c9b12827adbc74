import { define } from '../../kit/define.js';
import { ProjectList } from './project-list.js';

define('project-list', ProjectList);
export type { ProjectList } from './project-list.js';
