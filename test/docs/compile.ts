import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A sample of a document, and the file it is compiled as. */
export interface Sample {
  /** Where it stands, as `README.md:12`. */
  at: string;
  /** Path from the top; the folder decides what relative imports mean. */
  file: string;
  code: string;
}

/** What the samples take as given on the reader's side: a token, an id, the queue of the script. */
const reader: Sample = {
  at: '',
  file: 'test/docs/reader.d.ts',
  code: `
    declare const session: { token: string };
    declare const id: string;
    declare function getToken(): Promise<string>;
    interface Window {
      inlay?: { push(call: (inlay: typeof import('inlay')) => void): unknown };
    }`,
};

/** What only an annotation could say, and JavaScript has none of: unknown, null, implicit any. */
const beyondJavaScript = new Set([18046, 18047, 2531, 7006, 7031]);

/** The package's entries as sources: `inlay/client` is `src/client/index.ts`. */
export function readEntries(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.fromEntries(
    Object.entries(exports).map(([name, target]) => {
      const file = typeof target === 'string' ? target : target.types;
      return [
        name.replace('.', 'inlay'),
        file.replace(/^\.\/dist\/(.*)\.d\.ts$/, './$1.ts'),
      ] as const;
    }),
  );
}

/** What is wrong with the samples, as `README.md:12 message`, by the compiler's word. */
export function compile(samples: Sample[]): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, '.');
  const paths = Object.fromEntries(
    Object.entries(readEntries()).map(([name, file]) => [name, [file]]),
  );
  const checked = { ...options, noEmit: true, allowJs: true, checkJs: true, paths };
  const host = ts.createCompilerHost(checked);
  const virtual = new Map(
    [reader, ...samples].map((sample) => [path.resolve(sample.file), sample]),
  );
  const { fileExists, readFile } = host;
  host.fileExists = (file) => virtual.has(path.resolve(file)) || fileExists(file);
  host.readFile = (file) => virtual.get(path.resolve(file))?.code ?? readFile(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, language, ...rest) => {
    const sample = virtual.get(path.resolve(file));
    return sample
      ? ts.createSourceFile(file, sample.code, language, true)
      : getSourceFile(file, language, ...rest);
  };
  const program = ts.createProgram([...virtual.keys()], checked, host);
  return samples.flatMap(({ at, file }) => {
    const source = program.getSourceFile(path.resolve(file))!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .filter(({ code }) => !file.endsWith('.js') || !beyondJavaScript.has(code))
      .map(({ messageText }) => `${at} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}
