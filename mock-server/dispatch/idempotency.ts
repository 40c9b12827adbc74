import { Refusal } from '../domain/handler.js';

const kept = 1000;

/**
 * Remembers the answers to writes by their `Idempotency-Key`: the same request again
 * gets the first answer, another one under the same key is refused. Refusals and
 * failures are not remembered, for they wrote nothing.
 */
export function createIdempotency<A>() {
  const answers = new Map<string, { request: string; answer: Promise<A> }>();

  return async (key: string, request: string, run: () => Promise<A>): Promise<A> => {
    const known = answers.get(key);
    if (known) {
      if (known.request === request) return known.answer;
      throw new Refusal(
        'CONFLICT',
        'This Idempotency-Key came with another request before. Use a new key for each write.',
      );
    }
    const answer = run();
    answers.set(key, { request, answer });
    if (answers.size > kept) answers.delete(answers.keys().next().value!);
    answer.catch(() => {
      if (answers.get(key)?.answer === answer) answers.delete(key);
    });
    return answer;
  };
}
