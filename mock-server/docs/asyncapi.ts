import type * as z from 'zod/mini';
import { closeCodes, events, protocol } from '../../src/contract/index.js';
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
        description: `WebSocket with the subprotocol ${protocol}. The server closes it with ${writeCloseCodes()}, beside those of WebSocket: 40xx is never tried again, 41xx after a while, 42xx at once. Where WebSocket does not get through, GET ${basePath}/live/sse sends the same frames as server-sent events.`,
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

function writeCloseCodes(): string {
  const meanings: Record<keyof typeof closeCodes, string> = {
    forbidden: 'not allowed',
    protocol: 'messages that are none of the protocol',
    token: 'the token does not hold any more',
    rate: 'too many messages or connections',
    slow: 'too much is left unread',
    drain: 'the server goes down',
    noPong: 'no HELLO, or no answer to pings',
  };
  return Object.entries(meanings)
    .map(([name, meaning]) => `${closeCodes[name as keyof typeof closeCodes]} (${meaning})`)
    .join(', ');
}
