import type { ToastRegion } from './toast-region.js';
import { onNotice } from '../../runtime/index.js';

/** Puts a toast region into the page when there is something to tell and no region to tell it. */
export function summonToastRegion(prefix = ''): void {
  const tag = prefix ? `${prefix}-toast-region` : 'toast-region';
  onNotice((notice) => {
    if (document.querySelector(tag)) return;
    const region = Object.assign(document.createElement(tag) as ToastRegion, { summoned: true });
    document.body.append(region);
    region.add(notice);
  });
}
