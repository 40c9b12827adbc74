import * as z from 'zod/mini';
import * as contract from '../../src/contract/index.js';

export type JsonSchema = Record<string, unknown>;

/** Entities go by the name they are exported under; everything else stands in place. */
const named = z.registry<{ id: string }>();
for (const [name, value] of Object.entries(contract)) {
  if (value instanceof z.ZodMiniObject) named.add(value, { id: name });
}

/** Turns zod schemas into JSON Schema 2020-12 and collects the named ones as components. */
export class SchemaWriter {
  readonly components: Record<string, JsonSchema> = {};

  /** `input` is what a caller may send, `output` what the server answers, which may grow new fields. */
  write(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
    const text = JSON.stringify(
      z.toJSONSchema(schema, { io, metadata: named, unrepresentable: 'any', override: loosen }),
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

function loosen({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  delete jsonSchema['additionalProperties'];
}
