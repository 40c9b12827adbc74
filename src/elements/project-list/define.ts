import { define } from '../../kit/define.js';
import { ProjectList } from './project-list.js';

define('project-list', ProjectList);
