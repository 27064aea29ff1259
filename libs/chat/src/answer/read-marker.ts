export type MarkerReading = { kind: 'marker'; passages: number[] } | { kind: 'prefix' } | { kind: 'text' };

const longestMarker = 40;
const digits = '0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19';
const body = `\\s*\\^?\\s*(?:[${digits}]{1,3}(?:\\s*[,;、،，–-]\\s*\\^?[${digits}]{1,3})*)?\\s*[,;、،，–-]?\\s*(?:†[^\\]】\\n]*)?`;
const wholeMarker = new RegExp(`^(?:\\[${body}\\]|【${body}】)$`, 'u');
const prefix = new RegExp(`^[[【]${body}$`, 'u');
/** What some models write before the number: `[Source 1]`, `[Passage 2]`. */
const words = ['source', 'sources', 'passage', 'passages', 'document', 'doc', 'citation', 'ref', 'quelle', 'quellen', 'fuente', 'fuentes', 'источник', 'المصدر', 'स्रोत', '来源', '出典', 'แหล่งที่มา'];
const namedStart = /^([[【])\s*(\p{L}[\p{L}\p{M}]*)[\s:#.-]*/u;

/**
 * Reads what may be a citation marker of a model, from its opening bracket on: `[1]`, `[1, 2]`, `[1-3]`, `[^1]`, `【1†source】`,
 * with the digits of any of our languages. `prefix`: more characters decide. `text`: it is none.
 */
export function readMarker(text: string): MarkerReading {
  if (text.length > longestMarker) return { kind: 'text' };
  // Ours, and nobody else's to set.
  if (text === '[?' || text === '[?]') return text === '[?' ? { kind: 'prefix' } : { kind: 'marker', passages: [] };
  const named = namedStart.exec(text);
  if (named) return readNamed(text, named);
  if (wholeMarker.test(text)) {
    const passages = numbersIn(text);
    return passages.length > 0 ? { kind: 'marker', passages } : { kind: 'text' };
  }
  return prefix.test(text) ? { kind: 'prefix' } : { kind: 'text' };
}

function readNamed(text: string, [start, bracket, word]: RegExpExecArray): MarkerReading {
  const name = word!.toLowerCase();
  const rest = text.slice(start.length);
  if (!rest && start.endsWith(word!)) return words.some((known) => known.startsWith(name)) ? { kind: 'prefix' } : { kind: 'text' };
  return words.includes(name) && !namedStart.test(bracket! + rest) ? readMarker(bracket! + rest) : { kind: 'text' };
}

function numbersIn(marker: string): number[] {
  const list = marker.split('†', 1)[0] ?? '';
  const found: number[] = [];
  for (const part of list.matchAll(new RegExp(`([${digits}]{1,3})(?:\\s*[–-]\\s*([${digits}]{1,3}))?`, 'gu'))) {
    const first = toNumber(part[1] ?? '');
    const last = part[2] ? toNumber(part[2]) : first;
    for (let number = first; number <= Math.min(last, first + longestRange); number += 1) found.push(number);
  }
  return found;
}

const longestRange = 20;
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0xe50, 0xff10];

function toNumber(text: string): number {
  return [...text].reduce((value, digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.findLast((candidate) => candidate <= code) ?? 0x30;
    return value * 10 + (code - zero);
  }, 0);
}
