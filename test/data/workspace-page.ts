// A page that shows people also where others embed them: a team, projects, notifications.
import assert from 'node:assert/strict';
import { InfiniteQueryObserver, QueryObserver } from '@tanstack/query-core';
import type { Notification } from '../../src/contract/index.js';
import {
  infiniteNotificationsOptions,
  infiniteProjectsOptions,
  notificationCountsOptions,
  projectOptions,
  teamOptions,
  userProjectsOptions,
} from '../../src/data/index.js';
import { ModelPage } from './model-page.js';
import { makeUser } from './model-server.js';
import { projectIds, teamId, type ModelWorkspace } from './model-workspace.js';

export class WorkspacePage extends ModelPage {
  constructor(server: ModelWorkspace, step: (label: string) => Promise<void>) {
    super(server, step);
    const { client } = this;
    const { api } = server;
    const personId = makeUser(2).id;
    const is =
      <T>(expected: () => T) =>
      (data: T, label: string) =>
        assert.deepEqual(data, expected(), label);
    const begins =
      <T>(expected: () => Listed<T>, comparable = (row: T) => row) =>
      ({ pages }: { pages: Listed<T>[] }, label: string) => {
        const rows = pages.flatMap(({ data }) => data);
        const { data, meta } = expected();
        const beginning = data.slice(0, rows.length);
        assert.deepEqual(rows.map(comparable), beginning.map(comparable), label);
        if (!pages.at(-1)!.meta.hasMore) assert.equal(rows.length, data.length, label);
        for (const page of pages) assert.equal(page.meta.total, meta.total, label);
      };
    // Whether an answer under way knew of a restoration, which another channel tells,
    // nobody can say: such an actor may be missing until the next reading.
    const withoutRestored = (row: Notification): Notification =>
      row.actor && server.restored.has(row.actor.id) ? { ...row, actor: null } : row;

    this.watch(
      new QueryObserver(client, teamOptions(api, teamId)),
      is(() => server.team()),
    );
    this.watch(
      new QueryObserver(client, projectOptions(api, projectIds[1]!)),
      is(() => server.project(projectIds[1]!)),
    );
    this.watch(
      new QueryObserver(client, userProjectsOptions(api, personId)),
      is(() => server.projectsOf(personId)),
    );
    this.watch(
      new QueryObserver(client, notificationCountsOptions(api)),
      is(() => server.counts()),
    );
    for (const status of ['active', 'paused'] as const) {
      this.watch(
        new InfiniteQueryObserver(client, infiniteProjectsOptions(api, { status, limit: 2 })),
        begins(() => server.projects({ status, limit: 1000 })),
      );
    }
    for (const filter of ['all', 'unread', 'archived'] as const) {
      this.watch(
        new InfiniteQueryObserver(client, infiniteNotificationsOptions(api, { filter, limit: 2 })),
        begins(() => server.notifications({ filter, limit: 1000 }), withoutRestored),
      );
    }
  }
}

interface Listed<T> {
  data: T[];
  meta: { total: number; hasMore: boolean };
}
