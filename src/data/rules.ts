import type { QueryKey } from '@tanstack/query-core';
import type { Notification, NotificationFilter, NotificationType } from '../contract/index.js';
import type { Row } from './change.js';
import { fitsFilter } from './filters.js';

/** How a list of one resource is filtered and sorted, as far as a client can tell. */
export interface ListRule {
  /** Prefix of the resource's events. */
  family: string;
  /** Whether the row belongs to the list; undefined where only the server knows. */
  matches(row: Row): boolean | undefined;
  /** Fields that decide on the place or, where `matches` can't, on belonging. */
  decisive: string[];
  newestFirst: boolean;
  /** Nothing is left out. */
  whole: boolean;
  /** 1 and up for a list by page number, else undefined. */
  page: number | undefined;
}

interface Params {
  search?: string;
  role?: string;
  status?: string;
  type?: string;
  sort?: string;
  filter?: string;
  page?: number;
}

/** The rule of a cached list by its key, or undefined when it is no list that events change. */
export function ruleOf([resource, shape, params]: QueryKey): ListRule | undefined {
  if (shape !== 'list' && shape !== 'infinite') return undefined;
  const {
    search,
    role,
    status,
    type,
    filter,
    sort = '-createdAt',
    page = 1,
  } = (params ?? {}) as Params;
  const fits = (row: Row) =>
    (!role || row['role'] === role) && (!status || row['status'] === status);
  const common = {
    decisive: [sort.replace('-', '')],
    newestFirst: sort === '-createdAt',
    whole: !role && !status && !search,
    page: shape === 'list' ? page : undefined,
  };
  if (resource === 'users') {
    return {
      ...common,
      family: 'USER_',
      matches: (row) => (fits(row) ? (search ? undefined : true) : false),
      decisive: search ? [...common.decisive, 'name', 'email'] : common.decisive,
    };
  }
  if (resource === 'projects') return { ...common, family: 'PROJECT_', matches: fits };
  if (resource === 'notifications') {
    return {
      ...common,
      family: 'NOTIFICATION_',
      matches: (row) =>
        fitsFilter(
          row as unknown as Notification,
          filter as NotificationFilter,
          type as NotificationType,
        ),
      whole: false,
    };
  }
  return undefined;
}
