import type * as z from 'zod/mini';
import { events, protocol } from '../../src/contract/index.js';
import { basePath } from '../dispatch/routes.js';
import { SchemaWriter } from './schema.js';

let document: Record<string, unknown> | undefined;

/** The events table as AsyncAPI 3; made when first asked for. */
export function asyncapiDocument(): Record<string, unknown> {
  return (document ??= writeDocument());
}

function writeDocument(): Record<string, unknown> {
  const schemas = new SchemaWriter();
  const writeMessages = (table: Record<string, z.ZodMiniType>, io: 'input' | 'output') =>
    Object.fromEntries(
      Object.entries(table).map(([name, schema]) => [
        name,
        { name, contentType: 'application/json', payload: schemas.write(schema, io) },
      ]),
    );
  const client = writeMessages(events.client, 'input');
  const server = writeMessages(events.server, 'output');
  const items = writeMessages(events.items, 'output');
  const refer = (channel: string, messages: object) =>
    Object.keys(messages).map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Inlay live stream',
      version: protocol,
      description:
        'What happens, as it happens. Frames go over a WebSocket; EVENTS frames carry items, each with the payload listed under `items`.',
    },
    channels: {
      live: {
        address: `${basePath}/live`,
        description: `WebSocket with the subprotocol ${protocol}.`,
        messages: { ...client, ...server },
      },
      items: {
        address: null,
        description: 'Payloads of the items in EVENTS frames, by their type.',
        messages: items,
      },
    },
    operations: {
      takeFrames: {
        action: 'receive',
        channel: { $ref: '#/channels/live' },
        messages: refer('live', client),
      },
      sendFrames: {
        action: 'send',
        channel: { $ref: '#/channels/live' },
        messages: refer('live', server),
      },
      sendItems: {
        action: 'send',
        channel: { $ref: '#/channels/items' },
        messages: refer('items', items),
      },
    },
    components: { schemas: schemas.components },
  };
}
