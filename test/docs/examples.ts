// The examples of docs/patterns.md as functions, for Node and for the browser.

export interface Example {
  name: string;
  /** It is about elements. */
  inPage: boolean;
  /** What it prints, line by line. */
  expected: string[];
  /** Runs it with what its imports name; gives what it printed. */
  run(load: (entry: string) => Promise<object>, given: Record<string, unknown>): Promise<string[]>;
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<unknown>;

/** What the document says that stands before each example, against another server. */
export async function readGiven(text: string, url: string): Promise<Record<string, unknown>> {
  const code = /```js\n(.*?)```/s.exec(text)![1]!.replace('http://localhost:4100', url);
  const run = new AsyncFunction(`${code}; return { baseUrl, token, me, until };`);
  return (await run()) as Record<string, unknown>;
}

export function readExamples(text: string): Example[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const name = section.split('\n', 1)[0]!;
      const code = /```js\n(.*?)```/s.exec(section)?.[1] ?? '';
      const imports = [...code.matchAll(/^import (?:(\{[^}]*\}) from )?'([^']+)';$/gms)];
      const body = imports.reduce((rest, [line]) => rest.replace(line, ''), code);
      return {
        name,
        inPage: /\bdocument\b/.test(code),
        expected: [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, printed]) => printed!),
        async run(load, given) {
          const printed: string[] = [];
          const console = {
            log: (...values: unknown[]) => printed.push(values.map(String).join(' ')),
          };
          const modules = await Promise.all(imports.map(([, , entry]) => load(entry!)));
          const names = imports.map(([, names], index) =>
            names ? `const ${names} = modules[${index}];` : '',
          );
          const values = { ...given, console, modules };
          await new AsyncFunction(...Object.keys(values), names.join('') + body)(
            ...Object.values(values),
          );
          return printed;
        },
      };
    });
}
