import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { nextFrame } from './until.js';

declare const axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };

/** Throws unless axe finds nothing wrong with the element, in light and in dark colours. */
export async function expectAccessible(element: Element): Promise<void> {
  for (const scheme of ['light', 'dark']) {
    const { style } = document.documentElement;
    style.colorScheme = scheme;
    style.background = scheme === 'dark' ? '#0f1115' : '#fff';
    await nextFrame();
    const { violations } = await axe.run(element, {
      resultTypes: ['violations'],
      // Of all rules, only the one on contrast looks at colours.
      ...(scheme === 'dark' && { runOnly: ['color-contrast'] }),
      // Landmarks are the page's.
      ...(scheme === 'light' && { rules: { region: { enabled: false } } }),
    });
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
    if (found.length > 0) throw new Error(`axe in ${scheme}: ${found.join('\n')}`);
  }
}
