import { parse } from 'csv-parse/sync';
import { findDelimiter } from './find-delimiter';
import type { TextBuilder } from './text-builder';

/**
 * A table as sentences of a kind: each row becomes one line `column: value; column: value`, so that a row says what its
 * figures mean wherever it is quoted. Broken quotes are taken as they stand (RFC 4180, read leniently).
 */
export function readCsv(text: string, into: TextBuilder): string {
  const rows = parseRows(text, findDelimiter(text, true) ?? ',');
  const isHeaded = looksLikeHeader(rows);
  const columns = isHeaded ? rows[0]!.map(oneLine) : [];
  const lines = (isHeaded ? rows.slice(1) : rows).map((row) => rowLine(row, columns)).filter((line) => line !== '');
  const header = columns.filter((name) => name !== '').join('; ');
  into.lines(lines.length > 0 ? lines : [header].filter((line) => line !== ''), header);
  return '';
}

function parseRows(text: string, delimiter: string): string[][] {
  const options = {
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 1_000_000,
  };
  try {
    const rows = parse(text, { ...options, relax_quotes: true });
    if (!rows.some((row) => row.some((field) => field.includes('\n') && field.includes(delimiter)))) return rows;
  } catch {
    // Read again below, without a meaning for quotes.
  }
  return parse(text, { ...options, quote: null }).map((row) =>
    row.map((field) => field.replace(/^"|"$/gu, '').replaceAll('""', '"')),
  );
}

/** The first row names the columns if all its fields are filled, differ, hold no plain number, and none is one more figure of its column. */
function looksLikeHeader(rows: string[][]): boolean {
  const first = rows[0];
  if (!first || rows.length < 2) return false;
  const names = first.filter((name) => name !== '');
  return (
    names.length >= first.length - 1 &&
    new Set(names).size === names.length &&
    names.every((name) => name.length <= 100 && !/^[\d.,\s%€$£-]+$/u.test(name)) &&
    !first.some((name, at) => isOneOf(name, rows.slice(1, 30).map((row) => row[at] ?? '')))
  );
}

/** Names with digits or an @ are rare; where most values below are formed the same ("3 EUR", "ann@example.org"), it is one of them. */
function isOneOf(name: string, values: string[]): boolean {
  if (!/[\d@]/u.test(name)) return false;
  const form = formOf(name);
  return values.filter((value) => formOf(value) === form).length * 2 > values.length;
}

function formOf(value: string): string {
  return value.replace(/\p{L}+/gu, 'a').replace(/\d+/gu, '9');
}

function rowLine(row: string[], columns: string[]): string {
  const fields = row
    .map((field, at) => ({ name: columns[at] ?? '', value: oneLine(field) }))
    .filter((field) => field.value !== '');
  return fields.map((field) => (field.name === '' ? field.value : `${field.name}: ${field.value}`)).join('; ');
}

function oneLine(field: string): string {
  return field.replace(/\s+/gu, ' ').trim();
}
