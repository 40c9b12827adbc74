import type { Role, UserSort, UserStatus } from '../../contract/index.js';

/** What is shown, and in which order. */
export interface Filters {
  search: string;
  roleFilter: Role | '';
  statusFilter: UserStatus | '';
  sort: UserSort | '';
}
