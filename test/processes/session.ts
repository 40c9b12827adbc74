import { createApi, createClient } from '../../src/client/index.js';

export const password = 'inlay';

/** Signs a persona in by REST, and again when the server has forgotten the session. */
export function signedIn(baseUrl: string, email: string) {
  const { auth } = createApi(createClient({ baseUrl }));
  let tokens: { accessToken: string; refreshToken: string } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const { refreshToken } = tokens ?? {};
    tokens = await (refreshToken
      ? auth.refresh({ refreshToken }).catch(() => auth.login({ email, password }))
      : auth.login({ email, password }));
    return tokens.accessToken;
  }

  return async ({ refused }: { refused?: string } = {}): Promise<string> => {
    if (tokens && tokens.accessToken !== refused) return tokens.accessToken;
    asking ??= ask().finally(() => (asking = undefined));
    return asking;
  };
}
