import type { Role } from './entities.js';

/**
 * Who may call an endpoint. `self` means oneself (by the input's `id`) or an admin;
 * `moderator` means moderators and admins; `control` is open in development and
 * wants a secret elsewhere. Rules that need the stored row (an owner, the last
 * admin) are the server's domain rules.
 */
export type Access = 'public' | 'signed-in' | 'self' | 'moderator' | 'admin' | 'control';

export interface Viewer {
  id: string;
  role: Role;
}

/** The one rule that both the server enforces and the elements offer actions by. */
export function allows(access: Access, viewer: Viewer | null, input?: unknown): boolean {
  if (access === 'public' || access === 'control') return true;
  if (!viewer) return false;
  if (access === 'signed-in' || viewer.role === 'admin') return true;
  if (access === 'moderator') return viewer.role === 'moderator';
  return access === 'self' && (input as { id?: unknown } | undefined)?.id === viewer.id;
}
