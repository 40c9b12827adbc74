import type * as z from 'zod/mini';
import type { Access } from './access.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Json = 'application/json';

/**
 * One line of the contract. `input` is one flat object: names in the path come
 * from the path, the others from the query (GET, DELETE) or the JSON body.
 * Without `output` the answer is 204; with another media type than JSON the
 * client hands out the raw `Response`.
 */
export interface Endpoint<
  I extends z.ZodMiniType = z.ZodMiniType,
  O extends z.ZodMiniType | undefined = z.ZodMiniType | undefined,
  P extends string = string,
> {
  route: `${Method} /${string}`;
  access: Access;
  summary: string;
  input: I;
  output: O;
  /** Media type of the answer. Default: JSON. */
  produces: P;
  /** Media type of the request's body. Default: JSON. */
  consumes: string;
  /** Status of success. Default 200, or 204 with neither `output` nor `produces`. */
  status: number;
  /** `root` endpoints stand beside the base path, not below it. */
  base: 'api' | 'root';
}

type Spec<I, O> = Pick<Endpoint, 'access' | 'summary'> &
  Partial<Pick<Endpoint, 'consumes' | 'status' | 'base'>> & { input: I; output?: O };

export function endpoint<
  I extends z.ZodMiniType,
  O extends z.ZodMiniType | undefined = undefined,
  P extends string = Json,
>(route: Endpoint['route'], spec: Spec<I, O> & { produces?: P }): Endpoint<I, O, P> {
  return {
    route,
    produces: 'application/json' as P,
    consumes: 'application/json',
    status: spec.output || spec.produces ? 200 : 204,
    base: 'api',
    output: undefined as O,
    ...spec,
  };
}

/** What a caller passes: defaults may be left out. */
export type Input<E extends Endpoint> = z.input<E['input']>;
/** What a handler receives: defaults filled in. */
export type ParsedInput<E extends Endpoint> = z.output<E['input']>;
export type Output<E extends Endpoint> =
  E extends Endpoint<z.ZodMiniType, infer O, infer P>
    ? P extends Json
      ? O extends z.ZodMiniType
        ? z.output<O>
        : void
      : Response
    : never;

/** The method and path of an endpoint, and the names in its path. */
export function parseRoute(route: Endpoint['route']): {
  method: Method;
  path: string;
  params: string[];
} {
  const [method, path] = route.split(' ') as [Method, string];
  return { method, path, params: [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!) };
}
