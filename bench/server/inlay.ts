// The built server in production mode, as the benchmark's child: says where it is and how to sign in.
import type { createReferenceServer as Create } from '../../mock-server/index.js';

const built = new URL('../../dist/mock-server/index.js', import.meta.url).href;
const { createReferenceServer } = (await import(built)) as { createReferenceServer: typeof Create };

// The limit is in force, but never reached.
const server = createReferenceServer({ production: true, rateLimit: 1_000_000_000 });
const { url } = await server.start(0);
const { accessToken } = await server.signIn('admin@inlay.test');
process.send!({ url: `${url}/api/users`, headers: { authorization: `Bearer ${accessToken}` } });
