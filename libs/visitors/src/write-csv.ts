/**
 * One record of a CSV file (RFC 4180): every cell in quotes, CRLF at the end. A cell that a spreadsheet would run as a formula gets an
 * apostrophe in front, which spreadsheets show as text: it begins, perhaps behind blanks, with = + - @ (also full-width), tab or CR.
 */
export function csvRecord(cells: string[]): string {
  return `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = '\ufeff';

function harmless(cell: string): string {
  return /^[\t\r\n]|^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠﹢﹣﹦﹫−]/u.test(cell) ? `'${cell}` : cell;
}
