import { createReferenceServer } from '../../../mock-server/index.js';
import { eventOf, obey } from '../serve.js';

// Without pings all readers get the same bytes, and can be compared.
const live = { pingMs: 3_600_000, maxPerPerson: Infinity };
// All readers come from one address.
const server = createReferenceServer({ production: true, upgradeLimit: 0, socketLimit: 0, live });
const { port } = await server.start(0);
const { accessToken: token } = await server.signIn('admin@inlay.test');
let id = 0;
obey({
  port,
  token,
  publish(count, bytes) {
    // What happens to several people, one by one, as requests would tell it.
    for (let index = 0; index < count; index++) {
      const payload = eventOf(bytes, id++);
      server.bus.publish([{ channel: 'users', type: 'USER_UPDATED', id: String(id), payload }]);
    }
  },
});
