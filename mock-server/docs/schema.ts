import * as z from 'zod/mini';
import * as contract from '../../src/contract/index.js';

export type JsonSchema = Record<string, unknown>;

/** Entities go by the name they are exported under; everything else stands in place. */
const named = z.registry<{ id: string }>();
const unnamed = z.registry<{ id: string }>();
for (const [name, value] of Object.entries(contract)) {
  if (value instanceof z.ZodMiniObject) named.add(value, { id: name });
}

/** JSON Schema's names of the forms that the contract writes as patterns. */
const formats = new Map<unknown, string>([
  [contract.Id, 'uuid'],
  [contract.Timestamp, 'date-time'],
  [contract.Day, 'date'],
  [contract.Email, 'email'],
]);

/** Turns zod schemas into JSON Schema 2020-12 and collects the named ones as components. */
export class SchemaWriter {
  readonly components: Record<string, JsonSchema> = {};

  /** `input` is what a caller may send, `output` what the server answers, which may grow new fields. */
  write(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
    const text = JSON.stringify(
      z.toJSONSchema(schema, {
        io,
        metadata: io === 'output' ? named : unnamed,
        unrepresentable: 'any',
        override: adjust,
      }),
    ).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { $defs, $schema: _dialect, id, ...json } = JSON.parse(text) as JsonSchema;
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
      this.#add(name, definition);
    }
    return typeof id === 'string' && io === 'output' ? this.#add(id, json) : json;
  }

  #add(name: string, { id: _id, ...definition }: JsonSchema): JsonSchema {
    this.components[name] = definition;
    return { $ref: `#/components/schemas/${name}` };
  }
}

function adjust({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  const format = formats.get(zodSchema);
  if (format) jsonSchema['format'] = format;
  const { propertyNames, required, additionalProperties } = jsonSchema;
  if (additionalProperties === false) delete jsonSchema['additionalProperties'];
  if (propertyNames && Array.isArray(required)) {
    // A record of known keys: linters want required properties to be spelled out.
    jsonSchema['properties'] = Object.fromEntries(
      required.map((key) => [key, additionalProperties]),
    );
    delete jsonSchema['propertyNames'];
    delete jsonSchema['additionalProperties'];
  }
}
