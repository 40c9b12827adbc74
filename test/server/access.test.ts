import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRoutes, type Route } from '../../mock-server/dispatch/routes.js';
import { useWorld, type Person, type World } from './world.js';

const nobody = '00000000-0000-4000-8000-000000000000';
const address = ({ path }: Route, id = nobody) => path.replace(':id', id);

describe('who may call what', () => {
  const world = useWorld();
  const people = (w: World): Record<string, Person | undefined> => ({
    nobody: undefined,
    user: w.user,
    moderator: w.moderator,
    admin: w.admin,
  });

  /** The refusal due to each of `nobody, user, moderator, admin` on a path that is not their own. */
  const due: Record<string, (number | undefined)[]> = {
    public: [undefined, undefined, undefined, undefined],
    control: [undefined, undefined, undefined, undefined],
    'signed-in': [401, undefined, undefined, undefined],
    self: [401, 403, 403, undefined],
    moderator: [401, 403, undefined, undefined],
    admin: [401, 403, 403, undefined],
  };

  // What would end the sessions that the walk needs, or never ends itself.
  const skipped = new Set(['auth.logout', 'control.reset']);
  const streams = new Set(['text/event-stream']);

  for (const route of createRoutes().filter(({ name }) => !skipped.has(name))) {
    it(`${route.name} is for ${route.endpoint.access}`, async () => {
      for (const [index, [who, as]] of Object.entries(people(world)).entries()) {
        const refusal = due[route.endpoint.access]![index];
        if (refusal === undefined && streams.has(route.endpoint.produces)) continue;
        const { status } = await world.send(route.method, address(route), {
          ...(as && { as }),
          ...(route.hasBody && { body: '{}' }),
        });
        if (refusal === undefined)
          assert.ok(
            status !== 403 && (status !== 401 || route.group === 'auth'),
            `${who} got ${status}`,
          );
        else assert.equal(status, refusal, who);
      }
    });
  }

  it('lets oneself in where others are kept out', async () => {
    // One of the endpoints above ends all tokens.
    const me = await world.person('user@inlay.test');
    for (const route of createRoutes().filter(({ endpoint }) => endpoint.access === 'self')) {
      const { status } = await world.send(route.method, address(route, me.user.id), {
        as: me,
        ...(route.hasBody && { body: '{}' }),
      });
      assert.ok(status !== 401 && status !== 403, `${route.name} answered ${status}`);
    }
  });
});

describe('what is left for later', () => {
  const world = useWorld();

  it('answers 501 exactly here', async () => {
    const missing: string[] = [];
    for (const route of createRoutes()) {
      if (route.endpoint.produces === 'text/event-stream') continue;
      const { status, body } = await world.send(route.method, address(route), {
        as: world.admin,
        ...(route.hasBody && { body: '{}' }),
      });
      if (status === 501) missing.push(route.name);
      if (status === 501) assert.equal(body['code'], 'NOT_IMPLEMENTED');
      if (route.name === 'auth.logout') world.admin = await world.person('admin@inlay.test');
    }
    assert.deepEqual(missing, ['stats.overview']);
  });
});
