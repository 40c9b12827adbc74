/**
 * Asked before every attempt; `refused` is the token that the server turned down at the
 * last one, or that is about to expire: another is wanted.
 */
export type GetToken = (reason: { refused?: string }) => string | null | Promise<string | null>;

/** The token to show, and what the server thought of it. */
export interface Token {
  readonly current: string | null;
  /** Asks for the one to begin with. Rejects when the provider does. */
  get(): Promise<void>;
  /** Asks for the successor of one that is about to end; false while there is none. */
  renew(): Promise<boolean>;
  /** Notes that the server turned it away: the first since one was accepted, the same once more, or another. */
  refuse(): 'first' | 'again' | 'another';
  /** Believes in it, whatever was thought before. */
  accept(): void;
}

export function createToken(getToken: GetToken): Token {
  let current: string | null = null;
  /** A second time there is nothing to be hoped from it. */
  let refused: string | null | undefined;
  /** The newest question: answers to earlier ones may be of somebody else. */
  let newest: object;

  async function ask(used: string | null): Promise<string | null | undefined> {
    const mine = (newest = {});
    const answer = await getToken(used === null ? {} : { refused: used });
    return mine === newest ? answer : undefined;
  }
  return {
    get current() {
      return current;
    },
    async get() {
      const next = await ask(current === refused ? current : null);
      if (next !== undefined) current = next;
    },
    async renew() {
      // A provider that fails has none for the time being.
      const next = await ask(current).catch(() => null);
      if (!next || next === current) return false;
      current = next;
      return true;
    },
    refuse() {
      const before = refused;
      refused = current;
      if (before === undefined) return 'first';
      return before === current ? 'again' : 'another';
    },
    accept() {
      refused = undefined;
    },
  };
}
