import { define } from '../../kit/define.js';
import { InlayProvider } from './inlay-provider.js';

define('inlay-provider', InlayProvider);
export type { InlayProvider } from './inlay-provider.js';
