import { effectOf, idOf, patchRow, rowOf, type Change, type Row } from './change.js';

/** What became of each entity: its newest fields, or that it is gone. */
export type Entities = Map<string, { row: Row; gone: boolean }>;

/** The changes of the entities with these ids. */
export function gatherEntities(changes: readonly Change[], ids: ReadonlySet<string>): Entities {
  const entities: Entities = new Map();
  for (const change of changes) {
    const id = idOf(change);
    const kind = ids.has(id) && effectOf(change);
    if (!kind) continue;
    const row = rowOf(change);
    const before = entities.get(id);
    if (before && row.version < before.row.version) continue;
    const gone = kind === 'removed';
    const adds = before && !gone && !before.gone;
    entities.set(id, { gone, row: adds ? { ...before.row, ...row } : row });
  }
  return entities;
}

const found = new WeakMap<object, ReadonlySet<string>>();

/** The ids of all entities in the data, at whatever depth; looked for once. */
export function idsIn(data: object): ReadonlySet<string> {
  const known = found.get(data);
  if (known) return known;
  const ids = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || !node) return;
    if (isEntity(node)) ids.add(node.id);
    Object.values(node).forEach(visit);
  };
  visit(data);
  found.set(data, ids);
  return ids;
}

/**
 * Any data with the entities in them as they are now, at whatever depth: an object with
 * an entity's id and a version is that entity. Who is gone leaves lists (where `inPlace`,
 * it leaves null), and is null where it stood alone. The same object if nothing differs.
 */
export function carryEntities<T>(data: T, entities: Entities, inPlace: boolean): T {
  const carry = (node: unknown): unknown => {
    if (typeof node !== 'object' || !node) return node;
    if (Array.isArray(node)) {
      const items = node.map((item: unknown) => (isGone(item) ? undefined : carry(item)));
      if (items.every((item, index) => item === node[index])) return node;
      return inPlace
        ? items.map((item) => item ?? null)
        : items.filter((item) => item !== undefined);
    }
    let next = node as Record<string, unknown>;
    for (const name of Object.keys(node)) {
      const value = next[name];
      if (typeof value !== 'object' || !value) continue;
      const carried = isGone(value) ? null : carry(value);
      if (carried !== value) next = { ...next, [name]: carried };
    }
    const entity = isEntity(next) ? entities.get(next.id) : undefined;
    return entity && !entity.gone ? patchRow(next as Row, entity.row) : next;
  };
  const isGone = (node: unknown) => hasGone(node, entities);
  return entities.size > 0 ? (carry(data) as T) : data;
}

/** Whether it is somebody or something that has gone, and not there in a later life. */
export function hasGone(node: unknown, entities: Entities): boolean {
  const entity = isEntity(node) ? entities.get(node.id) : undefined;
  return entity?.gone === true && !(entity.row.version <= (node as Row).version);
}

const isEntity = (node: unknown): node is Row =>
  typeof node === 'object' && !!node && 'id' in node && 'version' in node;
