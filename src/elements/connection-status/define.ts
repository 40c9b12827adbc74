import { define } from '../../kit/define.js';
import { ConnectionStatus } from './connection-status.js';

define('connection-status', ConnectionStatus);
export type { ConnectionStatus } from './connection-status.js';
