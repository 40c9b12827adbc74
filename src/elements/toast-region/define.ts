import { define } from '../../kit/define.js';
import { summonToastRegion } from './summon.js';
import { ToastRegion } from './toast-region.js';

define('toast-region', ToastRegion);
summonToastRegion();
export type { ToastRegion } from './toast-region.js';
