import type { MutationOptions } from '@tanstack/query-core';
import type { Api } from '../contract/index.js';
import { perform } from './action.js';
import type { InlayElement } from './element.js';

/** What a form edits, by field name: inputs and selects know texts only. */
export type Values<T> = { [name in keyof T]: string };

/**
 * A draft and how its saving stands. It holds what the reader changed and nothing else, so
 * whatever becomes of the entity meanwhile, the draft stays, and only that is sent.
 */
export class Form<T extends Values<T>> {
  /** What the reader changed; a value set back to what it was is no change. */
  changes: Partial<T> = {};
  /** What is wrong, by field. */
  errors: Partial<Record<keyof T, string>> = {};
  /** A refusal that names none of the fields. */
  error: Error | undefined;
  /** The save under way. One that was given up ends without a word to the draft after it. */
  private saving: object | undefined;

  /** `base` is what the draft begins from. */
  constructor(
    readonly host: InlayElement,
    public base: T,
  ) {}

  /** Starts over. */
  begin(base: T): void {
    this.base = base;
    this.changes = {};
    this.leave();
    this.forget();
  }

  /** For a form that closes: how a save under way ends is no longer told in it. */
  leave(): void {
    this.saving = undefined;
  }

  get pending(): boolean {
    return this.saving !== undefined;
  }

  get draft(): T {
    return { ...this.base, ...this.changes };
  }

  /** Whether leaving would lose something. */
  get dirty(): boolean {
    return Object.keys(this.changes).length > 0;
  }

  /** What the reader put into a field. */
  set<N extends keyof T>(name: N, value: T[N]): void {
    const { [name]: _before, ...others } = this.changes;
    this.changes = (
      value === this.base[name] ? others : { ...others, [name]: value }
    ) as Partial<T>;
    this.errors = { ...this.errors, [name]: undefined };
    this.host.requestUpdate();
  }

  /**
   * Takes in what the entity has become meanwhile: what the reader left alone follows it.
   * A field that both changed stays as it began, and is given for the reader to decide on;
   * not with `over`, which keeps theirs to be saved on top.
   */
  rebase(next: T, over = false): (keyof T)[] {
    const { base, changes } = this;
    const pick = (names: (keyof T)[], from: Partial<T>) =>
      Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<T>;
    const differing = (Object.keys(changes) as (keyof T)[]).filter(
      (name) => changes[name] !== next[name],
    );
    const both = over ? [] : differing.filter((name) => next[name] !== base[name]);
    this.base = { ...next, ...pick(both, base) };
    if (differing.length < Object.keys(changes).length) this.changes = pick(differing, changes);
    return both;
  }

  /** Runs a write and keeps what the server says is wrong with it. Answers whether it was done, and the form is still there for it. */
  async save<V, R>(
    action: string,
    optionsFor: (api: Api) => MutationOptions<R, Error, V>,
    input: V,
  ): Promise<boolean> {
    this.forget();
    const saving = (this.saving = {});
    const awaited = () => this.saving === saving;
    const refused = (error: Error) => this.refuse(error);
    const done = await perform(this.host, action, optionsFor, input, refused, awaited);
    if (!awaited()) return false;
    this.saving = undefined;
    this.host.requestUpdate();
    return done !== undefined;
  }

  private forget(): void {
    this.errors = {};
    this.error = undefined;
    this.host.requestUpdate();
  }

  private refuse(error: Error): void {
    // Not `instanceof`: the error may come from another copy of Inlay on the page.
    const { fieldErrors = {} } = error as { fieldErrors?: Record<string, string[]> };
    for (const [name, messages] of Object.entries(fieldErrors)) {
      if (name in this.base) this.errors[name as keyof T] = messages.join(' ');
    }
    if (Object.keys(this.errors).length === 0) this.error = error;
  }
}
