/** Decides by a lock which of several tabs leads. */
export interface Election {
  /** Waits for the lead until whoever has it is gone. */
  stand(): void;
  /** Takes the lead from a tab that does not answer. */
  seize(): void;
  /** Gives up the lead, and the wish for it. */
  resign(): void;
}

export function createElection(
  locks: Pick<LockManager, 'request'>,
  name: string,
  told: {
    onWon(): void;
    /** Another tab has taken the lead. */
    onLost(): void;
    /** There are no locks for this page, as in a sandbox. */
    onUnable(): void;
  },
): Election {
  let current = new AbortController();
  let free = () => {};
  let over = false;

  function ask(steal: boolean): void {
    current.abort();
    const mine = (current = new AbortController());
    let won = false;
    locks
      .request(name, steal ? { steal } : { signal: mine.signal }, () => {
        // One that was granted just when another was asked for is not wanted any more.
        if (over || mine !== current) return undefined;
        won = true;
        told.onWon();
        return new Promise<void>((resolve) => (free = resolve));
      })
      .catch((error: Error) => {
        if (over || mine !== current) return;
        if (won) told.onLost();
        else if (error.name !== 'AbortError') told.onUnable();
      });
  }

  return {
    stand: () => ask(false),
    seize: () => ask(true),
    resign() {
      over = true;
      current.abort();
      free();
    },
  };
}
