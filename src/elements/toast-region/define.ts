import { define } from '../../kit/define.js';
import { ToastRegion } from './toast-region.js';

define('toast-region', ToastRegion);
