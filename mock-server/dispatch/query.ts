import type * as z from 'zod/mini';

type Decode = (texts: string[]) => unknown;

/**
 * Reads a query string by the types of the schema it is meant for. What doesn't
 * fit its type stays text, so that validation says what is wrong with it.
 */
export function createQueryDecoder(
  input: z.ZodMiniType,
): (query: URLSearchParams) => Record<string, unknown> {
  const { shape } = input as z.ZodMiniObject;
  const decoders = Object.entries(shape).map(
    ([key, type]) => [key, decoderOf(type as z.ZodMiniType)] as const,
  );
  return (query) => {
    const values: Record<string, unknown> = {};
    for (const [key, decode] of decoders) {
      const texts = query.getAll(key);
      if (texts.length > 0) values[key] = decode(texts);
    }
    return values;
  };
}

function decoderOf(type: z.ZodMiniType): Decode {
  const { def } = type._zod as unknown as {
    def: { type: string; innerType?: z.ZodMiniType; element?: z.ZodMiniType };
  };
  if (def.innerType) return decoderOf(def.innerType);
  if (def.type === 'array') {
    const element = decoderOf(def.element!);
    return (texts) => texts.map((text) => element([text]));
  }
  // A name given twice where one value belongs fails validation as an array.
  const decode = decodeText[def.type] ?? ((text) => text);
  return (texts) => (texts.length === 1 ? decode(texts[0]!) : texts);
}

const decodeText: Record<string, (text: string) => unknown> = {
  number: (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};
