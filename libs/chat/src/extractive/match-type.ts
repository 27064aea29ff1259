import type { QuestionType } from './question-type';

const numberWords =
  words(`one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|quarter|twice|once|first|second|zero|none|no
  |uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil|millones|mitad|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|hundert|tausend|millionen|hälfte
  |deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|moitié|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|сто|тысяч[аи]?|миллион\\p{L}*|половин\\p{L}*
  |واحد|اثنان|ثلاث\\p{L}*|أربع\\p{L}*|خمس\\p{L}*|ست\\p{L}*|سبع\\p{L}*|ثمان\\p{L}*|تسع\\p{L}*|عشر\\p{L}*|مئة|مائة|ألف|مليون|दो|तीन|चार|पांच|पाँच|छह|सात|आठ|नौ|दस|सौ|हजार|लाख`);
const pairedNumbers = /[一二两三四五六七八九十百千万亿半]/u;
const timeWords =
  words(`january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|day|days|week|weeks|month|year|years
  |today|daily|annually|before|after|during|until|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|siglo|año|años|januar|februar|märz|mai|juni|juli|oktober|dezember
  |jahrhundert|jahr|jahre|tag|tage|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|siècle|année|ans|январ\\p{L}*|феврал\\p{L}*|март\\p{L}*|апрел\\p{L}*|ма[яй]|июн\\p{L}*|июл\\p{L}*
  |август\\p{L}*|сентябр\\p{L}*|октябр\\p{L}*|ноябр\\p{L}*|декабр\\p{L}*|век\\p{L}*|год\\p{L}*|القرن|عام|سنة|يوم|वर्ष|साल|सदी|दिन`);
const reasonWords =
  words(`because|since|due to|owing to|as a result|so that|in order to|reason|therefore|caused?|to avoid|porque|debido|a causa|para|weil|da|wegen|aufgrund|damit|um|denn|parce que|car|afin|pour|en raison
  |потому|из-за|чтобы|так как|поскольку|لأن|بسبب|क्योंकि|कारण`);
const pairedReasons = /因为|由于|因此|为了|ため|から|ので|เพราะ|เนื่องจาก/u;

/** Whether a sentence holds what the question asks for, apart from what the question says itself: 1 yes, 0 no, 0.5 cannot be told. */
export function matchType(type: QuestionType, sentence: string, question: string): number {
  switch (type) {
    case 'number':
      return Number(
        holdsNew(/\p{N}+(?:[.,]\p{N}+)*/gu, sentence, question) ||
          numberWords.test(sentence.toLowerCase()) ||
          pairedNumbers.test(sentence),
      );
    case 'time':
      return Number(holdsNew(/\p{N}{3,4}|\p{N}{1,2}/gu, sentence, question) || timeWords.test(sentence.toLowerCase()));
    case 'person':
    case 'place':
      return isCased(sentence)
        ? Number(holdsNew(/(?<!^)(?<![.!?]\s)(?<=[\s("'“«])\p{Lu}[\p{L}\p{M}'’.-]*/gu, sentence, question))
        : 0.5;
    case 'reason':
      return reasonWords.test(sentence.toLowerCase()) || pairedReasons.test(sentence) ? 1 : 0.5;
    default:
      return 0.5;
  }
}

function holdsNew(pattern: RegExp, sentence: string, question: string): boolean {
  const asked = question.toLowerCase();
  return (sentence.match(pattern) ?? []).some((found) => !asked.includes(found.toLowerCase()));
}

function isCased(text: string): boolean {
  return /[\p{Lu}]/u.test(text);
}

function words(alternatives: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${alternatives.replace(/\n\s*/g, '')})(?![\\p{L}\\p{M}])`, 'u');
}
