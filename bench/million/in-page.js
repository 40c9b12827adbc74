// Runs in the page: drives the list's scroller and tells what is in sight.
window.million = {
  list: () => document.querySelector('user-list'),
  scroller: () => window.million.list().shadowRoot?.querySelector('#scroller'),

  /** Numbers of the rows in sight that show somebody, from 1; undefined while one of them is still loading. */
  inSight() {
    const scroller = window.million.scroller();
    if (!scroller) return undefined;
    const { top, bottom } = scroller.getBoundingClientRect();
    const rows = [...scroller.querySelectorAll('[part~=row]')].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.height > 0 && box.bottom > top + 1 && box.top < bottom - 1;
    });
    const loaded = rows.every((row) => row.querySelector('.name'));
    return rows.length > 0 && loaded ? rows.map((row) => Number(row.ariaRowIndex) - 1) : undefined;
  },

  frame: () => new Promise((resolve) => requestAnimationFrame(resolve)),

  /** Resolves to the rows in sight, once all of them show somebody and `fits` says so. */
  async settled(fits = () => true) {
    for (;;) {
      const rows = window.million.inSight();
      if (rows && fits(rows)) return rows;
      await window.million.frame();
    }
  },

  /** Scrolls step by step, as a wheel does, and rests now and then until everybody in sight is there. */
  async scrollThrough(lastRow, pixels, restEvery) {
    const scroller = window.million.scroller();
    for (let step = 1; ; step += 1) {
      scroller.scrollTop += pixels;
      await window.million.frame();
      if (step % restEvery !== 0) continue;
      const rows = await window.million.settled();
      if (rows.at(-1) >= lastRow) return rows;
    }
  },
};
