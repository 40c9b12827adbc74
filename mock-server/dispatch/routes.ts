import { listEndpoints, parseRoute, type Endpoint } from '../../src/contract/index.js';
import { createQueryDecoder } from './query.js';

/** A line of the contract made ready to be mounted. */
export interface Route {
  /** Dotted, `users.update`. */
  name: string;
  group: string;
  key: string;
  endpoint: Endpoint;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the server's root, e.g. `/api/users/:id`. */
  path: string;
  /** Whether the input comes from a body, rather than the query. */
  hasBody: boolean;
  /** Whether that body is a form, rather than JSON. */
  takesForm: boolean;
  decodeQuery: (query: URLSearchParams) => Record<string, unknown>;
}

export const basePath = '/api';

export function createRoutes(): Route[] {
  return listEndpoints().map(({ name, group, key, endpoint }) => {
    const { method, path } = parseRoute(endpoint.route);
    return {
      name,
      group,
      key,
      endpoint,
      method,
      path: endpoint.base === 'root' ? path : basePath + path,
      takesForm: endpoint.consumes === 'multipart/form-data',
      hasBody: method !== 'GET' && method !== 'DELETE',
      decodeQuery: createQueryDecoder(endpoint.input),
    };
  });
}
