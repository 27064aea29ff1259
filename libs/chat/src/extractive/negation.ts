import { splitSentences } from '@docent/language';

const negations =
  /(?<![\p{L}\p{M}])(?:not|never|no|none|cannot|without|neither|nor|except|nicht|kein\p{L}*|nie|niemals|ohne|außer|nunca|sin|jamás|excepto|tampoco|pas|jamais|sans|sauf|aucun\p{L}*|не|нет|никогда|без|кроме|لا|ليس|ليست|لم|لن|غير|بدون|नहीं|न|बिना)(?![\p{L}\p{M}])|n['’]t(?![\p{L}])|不|没|沒|非|无|無|未|ない|ません|なく|ไม่/iu;

/**
 * Whether the question asks for what is not so ("Who did not sign?") and the sentence denies nothing: it speaks of the opposite. A question
 * that begins with its negation ("Isn't it …?") expects a yes.
 */
export function lacksNegation(question: string, sentence: string): boolean {
  const last = splitSentences(question).at(-1);
  const asked = (last ? question.slice(last.start, last.end) : question).replace(/^\s*\S+\s/, '');
  return negations.test(asked) && !negations.test(sentence);
}
