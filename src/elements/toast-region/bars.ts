/** The bars that run. */
const begun = new WeakSet<Element>();

/** Lets the bars of time that have come run out in `duration` ms. */
export function startBars(root: ParentNode, duration: number): void {
  for (const bar of root.querySelectorAll('.time')) {
    if (begun.has(bar)) continue;
    begun.add(bar);
    // By script: what CSS animates would begin again whenever the region comes to the top. In
    // steps, which nobody takes for a motion.
    bar.animate({ inlineSize: ['100%', '0%'] }, { duration, easing: 'steps(30)' });
  }
}
