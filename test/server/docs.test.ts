import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closeCodes, events, listEndpoints } from '../../src/contract/index.js';
import { asyncapiDocument } from '../../mock-server/docs/asyncapi.js';
import { openapiDocument } from '../../mock-server/docs/openapi.js';
import { useWorld } from './world.js';

interface Operation {
  operationId: string;
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: object;
  }[];
  requestBody?: { required: boolean; content: Record<string, { schema: { properties: object } }> };
  responses: Record<string, { content?: Record<string, { schema?: object }>; headers?: object }>;
  security: object[];
}

/** Every `$ref` must lead somewhere within the document. */
function checkReferences(document: object): void {
  JSON.stringify(document, (key, value: unknown) => {
    if (key !== '$ref') return value;
    const path = String(value)
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/'));
    const target = path.reduce<unknown>(
      (at, part) => (at as Record<string, unknown> | undefined)?.[part],
      document,
    );
    assert.ok(target, `${String(value)} leads nowhere`);
    return value;
  });
}

describe('the OpenAPI document', () => {
  const document = openapiDocument() as { paths: Record<string, Record<string, Operation>> };
  const operations = Object.values(document.paths).flatMap((item) =>
    Object.entries(item).flatMap(([method, operation]) =>
      method === 'servers' ? [] : [operation],
    ),
  );
  const find = (name: string) => operations.find(({ operationId }) => operationId === name)!;

  it('has every endpoint and nothing else', () => {
    assert.deepEqual(
      operations.map(({ operationId }) => operationId).toSorted(),
      listEndpoints()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it('parts the flat input into path, query and body', () => {
    const list = find('users.list');
    assert.deepEqual(
      list.parameters?.map(({ name, in: where }) => `${where} ${name}`),
      ['search', 'role', 'status', 'sort', 'cursor', 'limit', 'page'].map(
        (name) => `query ${name}`,
      ),
    );
    const update = find('users.update');
    assert.deepEqual(
      update.parameters
        ?.slice(0, 1)
        .map(({ name, in: where, required }) => [name, where, required]),
      [['id', 'path', true]],
    );
    const body = update.requestBody!.content['application/json']!.schema;
    assert.deepEqual(Object.keys(body.properties), ['name', 'email', 'role', 'status', 'teamId']);
  });

  it('tells forms, files and pictures from JSON', () => {
    const form = find('users.avatar').requestBody!.content['multipart/form-data'];
    assert.deepEqual(form, {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
        required: ['file'],
      },
      encoding: { file: { contentType: 'image/png, image/jpeg, image/webp, image/gif' } },
    });
    const csv = find('users.export').responses['200']!;
    assert.deepEqual(csv.content, { 'text/csv': { schema: { type: 'string' } } });
    assert.deepEqual(Object.keys(csv.headers!), ['X-Inlay-Total', 'Content-Disposition']);
    assert.deepEqual(find('files.get').responses['200']!.content, { 'image/*': {} });
  });

  it('says how an event stream is asked for, opened and resumed', () => {
    for (const name of ['live.sse', 'notifications.stream']) {
      const { parameters, security } = find(name);
      assert.deepEqual(
        parameters!.filter(({ name: asked }) => asked !== 'ch').map(({ name: asked }) => asked),
        ['cursor', 'wait', 'Last-Event-ID'],
      );
      assert.ok(parameters!.every(({ description }) => description));
      assert.deepEqual(security, [{ bearer: [] }, { ticket: [] }]);
    }
  });

  it('says which writes may be meant for one version', () => {
    const conditional = operations.filter(({ parameters = [] }) =>
      parameters.some(({ name }) => name === 'If-Match'),
    );
    assert.deepEqual(
      conditional.map(({ operationId }) => operationId).toSorted(),
      operations
        .filter(({ responses }) => '412' in responses)
        .map(({ operationId }) => operationId)
        .toSorted(),
    );
    assert.deepEqual(conditional.map(({ operationId }) => operationId).toSorted(), [
      'notifications.update',
      'projects.update',
      'users.avatar',
      'users.delete',
      'users.deleteAvatar',
      'users.replace',
      'users.update',
    ]);
  });

  it('names the formats of texts', () => {
    const { components } = document as unknown as {
      components: { schemas: Record<string, { properties: Record<string, { format?: string }> }> };
    };
    const { id, createdAt, email } = components.schemas['User']!.properties;
    assert.deepEqual(
      [id, createdAt, email].map((each) => each!.format),
      ['uuid', 'date-time', 'email'],
    );
  });

  it('says who may call, and which refusals there are', () => {
    assert.deepEqual(find('auth.login').security, []);
    assert.deepEqual(find('users.me').security, [{ bearer: [] }]);
    assert.ok(
      ['201', '400', '401', '403', '409', '413', '415', '429'].every(
        (status) => status in find('users.create').responses,
      ),
    );
    assert.ok('412' in find('users.update').responses);
    assert.deepEqual(find('users.get').responses['200']?.content?.['application/json']?.schema, {
      anyOf: [{ $ref: '#/components/schemas/User' }, { $ref: '#/components/schemas/PublicUser' }],
    });
  });

  it('holds together, without marks of the library that made it', () => {
    checkReferences(document);
    assert.doesNotMatch(
      JSON.stringify(document),
      /"\$schema"|"\$id"|\$defs|"additionalProperties":false/,
    );
  });
});

describe('the AsyncAPI document', () => {
  const document = asyncapiDocument() as { channels: Record<string, { messages: object }> };

  it('has every frame and item, and holds together', () => {
    const { client, server, items } = events;
    assert.deepEqual(Object.keys(document.channels['live']!.messages), [
      ...Object.keys(client),
      ...Object.keys(server),
    ]);
    assert.deepEqual(Object.keys(document.channels['items']!.messages), Object.keys(items));
    checkReferences(document);
  });
});

describe('the close codes', () => {
  it('are all told', () => {
    const { description } = (asyncapiDocument() as { channels: { live: { description: string } } })
      .channels.live;
    for (const code of Object.values(closeCodes))
      assert.match(description, new RegExp(`${code} \\(`));
  });
});

describe('the documents on the wire', () => {
  const world = useWorld();

  it('are the same, for everyone', async () => {
    assert.deepEqual((await world.send('GET', '/api/openapi.json')).body, openapiDocument());
    assert.deepEqual((await world.send('GET', '/api/asyncapi.json')).body, asyncapiDocument());
  });
});
