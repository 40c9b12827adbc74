// A few schedules over real processes, sockets and lines; `npm run soak:processes` runs more.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runSchedule } from './run.js';
import { ServerProcess } from './server-process.js';

describe('a server in a process of its own', () => {
  it('can be killed in the middle of a write, and begins anew on its port', async () => {
    const server = new ServerProcess(5);
    try {
      await server.start();
      const { port } = server;
      const url = `http://localhost:${port}`;
      const act = () =>
        fetch(`${url}/api/__control/activity`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: '{"change":1}',
        });
      assert.equal((await act()).status, 200);
      for (const point of ['committed', 'told'] as const) {
        const dead = server.dieAt(point);
        await assert.rejects(act(), TypeError);
        await dead;
        assert.equal(server.alive, false);
        await server.start();
        assert.deepEqual([server.port, (await fetch(`${url}/readyz`)).status], [port, 200]);
      }
    } finally {
      await server.kill();
    }
  });
});

describe('pages whose lines, processes and servers fail', () => {
  it('show in the end what the server has, nothing lost and nothing twice', async () => {
    const { writes, connections, cut } = await runSchedule(1, 25);
    assert.ok(writes.done > 0 && connections > 4 && cut > 0);
  });
});
