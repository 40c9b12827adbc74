import { subjectOf } from '../contract/token.js';

/**
 * Gives the access token, or null when signed out. Called before every request, so
 * keep it quick; `refused` is the token that the server just turned down, or soon will.
 */
export type GetToken = (reason: {
  refused?: string;
}) => string | null | undefined | Promise<string | null | undefined>;

/** The tokens of one client: one refresh at a time, shared by all calls that were refused. */
export class TokenSource {
  readonly #getToken: GetToken | undefined;
  readonly #onIdentity: () => void;
  #current: string | null | undefined;
  #identity: string | null | undefined;
  #refresh: Promise<string | null> | undefined;
  /** Questions are numbered; answers to those before the newest that was answered are outdated. */
  #asked = 0;
  #answered = 0;

  constructor(getToken: GetToken | undefined, onIdentity: () => void) {
    this.#getToken = getToken;
    this.#onIdentity = onIdentity;
  }

  /** Another token than the refused one, unless there is only that. */
  async get(refused?: string): Promise<string | null> {
    if (refused && this.#current === refused) {
      const refresh = (this.#refresh ??= this.#ask({ refused }).finally(() => {
        if (this.#refresh === refresh) this.#refresh = undefined;
      }));
    }
    return this.#refresh ?? (refused && this.#current) ?? this.#ask({});
  }

  /** Somebody else is signed in: what was asked for before is not theirs. */
  forget(): void {
    this.#answered = ++this.#asked;
    this.#current = this.#identity = this.#refresh = undefined;
  }

  async #ask(reason: { refused?: string }): Promise<string | null> {
    const question = ++this.#asked;
    const token = (await this.#getToken?.(reason)) ?? null;
    if (question < this.#answered) return this.#current ?? this.#ask({});
    const identity = subject(token);
    if (this.#identity !== undefined && this.#identity !== identity) this.#onIdentity();
    this.#answered = question;
    this.#identity = identity;
    return (this.#current = token);
  }
}

/**
 * Whose token it is: null for nobody, the subject of a JWT, else one name for all:
 * opaque tokens do not tell, so their pages call `identityChanged()`.
 */
const subject = (token: string | null): string | null =>
  token === null ? null : (subjectOf(token) ?? 'opaque');
