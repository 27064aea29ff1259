/**
 * Words of a question that say what kind of thing is asked for, and that an answer has no need to hold: "many" in "How many …?", "mean" in
 * "What does … mean?". In lower case.
 */
export function frameWords(question: string): Set<string> {
  const plain = question.normalize('NFKC').toLowerCase();
  return new Set(frames.flatMap((frame) => [...plain.matchAll(frame)].flatMap(([, words]) => words!.split(' '))));
}

/** Group 1 of each pattern. */
const frames: RegExp[] = [
  /(?<![\p{L}\p{M}])how (many|much|long|far|old|tall|big|large|often|high|deep|fast|soon)(?![\p{L}\p{M}])/gu,
  /(?<![\p{L}\p{M}])(?:do|does|did|is|was)(?: not)? .{1,80} (mean|stand for)\s*[?.!]*\s*$/gu,
  /(?<![\p{L}\p{M}])what (?:is|are|was) the (meaning|definition|difference|purpose) (?:of|between)(?![\p{L}\p{M}])/gu,
  /(?<![\p{L}\p{M}])what (happens|happened|kind|sort|type)(?![\p{L}\p{M}])/gu,
  /(?<![\p{L}\p{M}])(?:do|does|should|must) (?:i|we|you|it|one) (need)(?![\p{L}\p{M}])/gu,
  /^\s*(?:do|does|can) .{1,60} (support)(?![\p{L}\p{M}])/gu,
  /(?<![\p{L}\p{M}])wie (viele?|lange?|oft|hoch|groß|weit|alt)(?![\p{L}\p{M}])/gu,
  /(?<![\p{L}\p{M}])(?:was|wofür) (bedeutet|passiert|heißt)(?![\p{L}\p{M}])/gu,
  /(?<![\p{L}\p{M}])qu[eé] (significa|pasa|ocurre|sucede)(?![\p{L}\p{M}])/gu,
  /(?<![\p{L}\p{M}])(?:que) (signifie|se passe)(?![\p{L}\p{M}])/gu,
];
