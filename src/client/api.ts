import { endpoints, type Api, type CallOptions, type Endpoint } from '../contract/index.js';
import type { Caller } from './caller.js';

/** The contract as functions: `api.users.update({ id, name }, { signal })`. Each throws `ApiError`. */
export function createApi(client: Pick<Caller, 'request'>): Api {
  const bind = (endpoint: Endpoint) => (input?: object, options?: CallOptions) =>
    client.request(endpoint, input, options);
  const groups = Object.entries(endpoints).map(([group, members]) => [
    group,
    Object.fromEntries(Object.entries(members).map(([name, endpoint]) => [name, bind(endpoint)])),
  ]);
  return Object.fromEntries(groups) as Api;
}
