import { detectLanguage, splitSentences } from '@docent/language';

const closers = /[)\]"'”’»」』）*_]+$/;
const endMark = /[.!?…。！？．।॥؟۔]$/;
const wideMark = /[。！？．।॥]$/;

/** Whether `next`, after `blanks`, begins a new sentence, or goes on with the one so far. */
export function endsSentence(sentence: string, blanks: string, next: string): boolean {
  const tail = sentence.slice(-12).replace(closers, '');
  if (!endMark.test(tail)) return false;
  // A closing mark still belongs to its sentence.
  if (blanks === '' && closers.test(next)) return false;
  // The twelfth of May: in German the month is not in sight yet.
  if (/\s\d{1,2}\.$/.test(sentence.slice(-4)) && detectLanguage(sentence) === 'de') return false;
  // Marks of emphasis behind a full stop would hide it.
  const plain = sentence.slice(-longestLook).replace(/[*_]+/g, '');
  return !splitSentences(plain + blanks + next).some(({ start, end }) => start < plain.length && end > plain.length);
}

const longestLook = 300;

/** A quick look at the end of what was written, which is asked for every character; {@link endsSentence} looks closer. */
export function mayEndSentence(written: string): boolean {
  return !/[\p{L}\p{N},]$/u.test(written.slice(-2));
}

/** Chinese and Japanese put nothing between sentences. */
export function endsWithWideMark(sentence: string): boolean {
  return wideMark.test(sentence.replace(closers, ''));
}

/** Headings, lead-ins and table rows take no marker: it would be wrong or break them. */
export function mayCarryCitation(sentence: string): boolean {
  return !/^[#|]/.test(sentence) && !/[:：|?？؟]$/.test(sentence.replace(closers, ''));
}
