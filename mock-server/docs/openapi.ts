import {
  avatarTypes,
  errors,
  Problem,
  type Endpoint,
  type Endpoints,
  type ErrorCode,
} from '../../src/contract/index.js';
import { basePath, createRoutes, type Route } from '../dispatch/routes.js';
import { SchemaWriter, type JsonSchema } from './schema.js';

let document: Record<string, unknown> | undefined;

/** The endpoints table as OpenAPI 3.1; made when first asked for. */
export function openapiDocument(): Record<string, unknown> {
  return (document ??= writeDocument());
}

function writeDocument(): Record<string, unknown> {
  const schemas = new SchemaWriter();
  const problem = schemas.write(Problem, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  const routes = createRoutes();
  for (const route of routes) {
    const { endpoint } = route;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const item = (paths[endpoint.base === 'api' ? path.slice(basePath.length) : path] ??=
      endpoint.base === 'root' ? { servers: [{ url: '/' }] } : {});
    item[route.method.toLowerCase()] = writeOperation(route, schemas);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Inlay',
      version: '1',
      summary: 'People, projects, teams and notifications for dashboard elements.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath }],
    tags: Object.entries(groups).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        control: { type: 'apiKey', in: 'header', name: 'X-Inlay-Control' },
        ticket: { type: 'apiKey', in: 'query', name: 'ticket' },
      },
      responses: Object.fromEntries(
        [...new Set(routes.flatMap(refusalsOf))].map((code) => [code, writeProblem(code, problem)]),
      ),
      headers: {
        'X-Inlay-Cursor': {
          description:
            'Position of the live stream that the answer reflects, e.g. `users@k3f9:42`; several are parted by commas.',
          schema: { type: 'string' },
        },
        'X-Inlay-Total': {
          description: 'How many rows there will be, so that progress can be shown.',
          schema: { type: 'integer' },
        },
        'Content-Disposition': {
          description: 'The name of the file, e.g. `attachment; filename="people-2026-03-01.csv"`.',
          schema: { type: 'string' },
        },
      },
    },
  };
}

function writeOperation(route: Route, schemas: SchemaWriter): Record<string, unknown> {
  const { endpoint } = route;
  const { properties, required, rest } = splitInput(route, schemas.write(endpoint.input, 'input'));
  const inPath = route.path.match(/(?<=:)\w+/g) ?? [];
  const inQuery = route.hasBody ? [] : Object.keys(rest.properties);
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: properties[name] })),
    ...inQuery.map((name) => ({
      name,
      in: 'query',
      required: required.includes(name),
      ...(isStream(endpoint) && { description: streamQuery[name] }),
      schema: properties[name],
    })),
    ...headersOf(route),
  ];
  const codes = refusalsOf(route);
  return {
    operationId: route.name,
    summary: endpoint.summary,
    description: access[endpoint.access],
    tags: [route.group],
    security: securityOf(endpoint),
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody(route, rest) && { requestBody: writeBody(endpoint, rest) }),
    responses: {
      [endpoint.status]: writeAnswer(endpoint, schemas),
      ...Object.fromEntries(
        codes.map((code) => [errors[code].status, { $ref: `#/components/responses/${code}` }]),
      ),
    },
  };
}

interface ObjectSchema {
  type: 'object';
  properties: Record<string, JsonSchema>;
  required?: string[];
}

/** The flat input, and what of it does not stand in the path. */
function splitInput(route: Route, schema: JsonSchema) {
  const { properties = {}, required = [] } = schema as Partial<ObjectSchema>;
  const names = Object.keys(properties).filter((name) => !route.path.includes(`:${name}`));
  const needed = required.filter((name) => names.includes(name));
  const rest: ObjectSchema = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, properties[name]!])),
    ...(needed.length > 0 && { required: needed }),
  };
  return { properties, required, rest };
}

function hasBody(route: Route, rest: ObjectSchema): boolean {
  return route.hasBody && (Object.keys(rest.properties).length > 0 || isMultipart(route.endpoint));
}

function isMultipart(endpoint: Endpoint): boolean {
  return endpoint.consumes === 'multipart/form-data';
}

function writeBody(endpoint: Endpoint, rest: ObjectSchema): Record<string, unknown> {
  const file: ObjectSchema = {
    type: 'object',
    properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
    required: ['file'],
  };
  const form = { schema: file, encoding: { file: { contentType: avatarTypes.join(', ') } } };
  const required = isMultipart(endpoint) || rest.required !== undefined;
  return {
    required,
    content: { [endpoint.consumes]: isMultipart(endpoint) ? form : { schema: rest } },
  };
}

function writeAnswer(endpoint: Endpoint, schemas: SchemaWriter): Record<string, unknown> {
  const names = answerHeaders[endpoint.produces] ?? ['X-Inlay-Cursor'];
  const headers = Object.fromEntries(
    names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
  if (endpoint.status === 204) return { description: 'Done.', headers };
  const { produces, output } = endpoint;
  const text: JsonSchema = { type: 'string' };
  const schema = output ? schemas.write(output, 'output') : text;
  // Bytes have no schema.
  const content = { [produces]: produces.startsWith('image/') ? {} : { schema } };
  return { description: 'The answer.', ...(names.length > 0 && { headers }), content };
}

function writeProblem(code: ErrorCode, schema: JsonSchema): Record<string, unknown> {
  const { status, title } = errors[code];
  const example = {
    type: 'about:blank',
    title,
    status,
    detail: `${title}.`,
    code,
    requestId: '5f0c7d1e',
  };
  return { description: title, content: { 'application/problem+json': { schema, example } } };
}

/** Of what is not JSON. */
const answerHeaders: Record<string, string[]> = {
  'text/csv': ['X-Inlay-Total', 'Content-Disposition'],
  'text/event-stream': [],
  'image/*': [],
};

const isStream = ({ produces }: Endpoint) => produces === 'text/event-stream';

/** What the questions to a stream mean. */
const streamQuery: Record<string, string> = {
  ch: 'Channels, parted by commas: `users`, `user:ID`, `notifications`, `projects`, `team:ID` or `stats`.',
  cursor: 'Positions to go on from, parted by commas, e.g. `users@k3f9:42`.',
  wait: 'Seconds until the stream ends, sooner with the first news: asked again and again, it is polling. Without it the stream goes on.',
};

/** Whether it writes one entity, which may have changed since it was seen. */
function checksVersion({ method, path, key }: Route): boolean {
  return method !== 'GET' && path.includes(':') && key !== 'restore';
}

function headersOf(route: Route): Record<string, unknown>[] {
  const header = (headerName: string, description: string) => ({
    name: headerName,
    in: 'header',
    description,
    schema: { type: 'string' },
  });
  const headers = [];
  if (checksVersion(route)) {
    headers.push(
      header(
        'If-Match',
        'The version one has seen, e.g. `"3"`: another one by now is refused with 412.',
      ),
    );
  }
  if (isStream(route.endpoint))
    headers.push(header('Last-Event-ID', 'Where to go on; wins over `cursor`.'));
  if (route.method !== 'GET')
    headers.push(header('Idempotency-Key', 'Makes the write safe to repeat.'));
  return headers;
}

/** The refusals an endpoint can answer with beside its success. */
function refusalsOf(route: Route): ErrorCode[] {
  const { endpoint, method, path, hasBody: sendsBody } = route;
  const writes = method !== 'GET';
  const codes: [ErrorCode, boolean][] = [
    ['BAD_REQUEST', true],
    ['UNAUTHORIZED', endpoint.access !== 'public' || path.includes('/auth/')],
    // Rights may go while a write is on its way, and accounts are suspended.
    [
      'FORBIDDEN',
      endpoint.access !== 'public'
        ? writes || endpoint.access !== 'signed-in'
        : route.name === 'auth.login',
    ],
    ['NOT_FOUND', path.includes(':')],
    ['CONFLICT', writes],
    ['PRECONDITION_FAILED', checksVersion(route)],
    ['PAYLOAD_TOO_LARGE', sendsBody],
    ['UNSUPPORTED_MEDIA_TYPE', sendsBody],
    ['TOO_MANY_REQUESTS', true],
    ['INTERNAL', true],
    ['NOT_IMPLEMENTED', true],
    ['UNAVAILABLE', true],
  ];
  return codes.flatMap(([code, possible]) => (possible ? [code] : []));
}

const groups: Record<keyof Endpoints, string> = {
  auth: 'Signing in and out.',
  users: 'People.',
  projects: 'Projects and their members.',
  teams: 'Teams and their members.',
  files: 'Pictures of people.',
  notifications: "One's own notifications.",
  stats: 'Figures about people.',
  live: 'What happens, as it happens.',
  health: 'Whether the server is well.',
  docs: 'This description.',
  control: 'Faults and activity on demand, for development.',
};

const access: Record<Endpoint['access'], string> = {
  public: 'For everyone.',
  'signed-in': 'For whoever is signed in.',
  self: 'For oneself, or an admin.',
  moderator: 'For moderators and admins.',
  admin: 'For admins.',
  control: 'Open in development; elsewhere with the control secret.',
};

function securityOf(endpoint: Endpoint): Record<string, never[]>[] {
  const { access: who } = endpoint;
  if (who === 'public') return [];
  if (who === 'control') return [{}, { control: [] }];
  return isStream(endpoint) ? [{ bearer: [] }, { ticket: [] }] : [{ bearer: [] }];
}
