import ts from 'typescript';

export const parse = (file: string, code: string): ts.SourceFile =>
  ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);

/** A range of a text, and what comes in its place; nothing by default. */
export interface Edit {
  pos: number;
  end: number;
  text?: string;
}

/** The text after the edits, which may come in any order but not lie in one another. */
export function edit(code: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.pos - a.pos)
    .reduce((text, { pos, end, text: by = '' }) => text.slice(0, pos) + by + text.slice(end), code);
}
