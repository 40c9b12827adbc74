import type { Api } from '../contract/index.js';
import { sessionKeys } from './keys.js';
import { listTimes } from './times.js';

/** Who is signed in. */
export const sessionOptions = (api: Api) => ({
  queryKey: sessionKeys.all,
  queryFn: ({ signal }: { signal: AbortSignal }) => api.auth.session({}, { signal }),
  ...listTimes,
});
