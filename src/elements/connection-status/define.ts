import { define } from '../../kit/define.js';
import { ConnectionStatus } from './connection-status.js';

define('connection-status', ConnectionStatus);
