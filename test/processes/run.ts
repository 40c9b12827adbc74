import { createRandom } from '../../mock-server/domain/random.js';
import { Scene } from './scene.js';
import { pause, plan } from './schedule.js';

export interface Outcome {
  steps: readonly string[];
  /** Writes that the server said were done, and those that nobody knows of. */
  writes: { done: number; unknown: number };
  /** Lives of the server. */
  lives: number;
  connections: number;
  cut: number;
  events: number;
  links: number;
  resets: number;
  toasts: number;
  /** From the end of the faults until all pages were as the server is, in ms. */
  convergedMs: number;
}

/** Fails with what went wrong, and the steps that led there. */
export class Divergence extends Error {
  constructor(seed: number, steps: readonly string[], cause: unknown) {
    const said = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    super(
      `seed ${seed} diverged after: ${steps.join(' → ')}\n${said}\nAgain: npm run soak:processes -- --runs 1 --seed ${seed}`,
    );
  }
}

/**
 * One server, four visitors, and `length` random steps: writes, and all that can happen to
 * lines, processes and pages. In the end every visitor has to show what the server has.
 *
 * @throws Divergence when one does not, or was shown something twice.
 */
export async function runSchedule(seed: number, length: number): Promise<Outcome> {
  const scene = new Scene();
  const done: string[] = [];
  try {
    await scene.open();
    for (const [index, step] of plan(createRandom(seed), length).entries()) {
      // Numbers of its own, so that none shifts when a step before took another turn.
      const random = createRandom(seed + 7919 * (index + 1));
      done.push(step.name);
      await step.run(scene, random);
      await pause(random, 120);
    }
    const healedAt = Date.now();
    await scene.converge();
    const sum = (of: 'events' | 'links' | 'resets') =>
      scene.visitors.reduce((all, { testimony }) => all + testimony[of], 0);
    return {
      steps: done,
      writes: scene.counts,
      lives: scene.server.lives,
      connections: scene.proxy.counts.accepted,
      cut: scene.proxy.counts.cut,
      events: sum('events'),
      links: sum('links'),
      resets: sum('resets'),
      toasts: scene.visitors.reduce((all, { toasts }) => all + toasts, 0),
      convergedMs: Date.now() - healedAt,
    };
  } catch (error) {
    throw new Divergence(seed, done, error);
  } finally {
    await scene.close();
  }
}
