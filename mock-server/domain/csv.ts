/**
 * What a spreadsheet would take for a formula (OWASP, "CSV Injection"), with the full-width
 * forms that some East Asian ones take for the same.
 */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** A line of CSV (RFC 4180). Nothing in it runs in a spreadsheet: such texts get a `'` in front. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | null): string {
  const text = value ?? '';
  const safe = formula.test(text) ? `'${text}` : text;
  // Spreadsheets of some languages take these for the end of a cell, too.
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
