/** What an answer must hold to be one. `other`: the question does not say. */
export type QuestionType = 'person' | 'time' | 'number' | 'place' | 'steps' | 'definition' | 'reason' | 'other';

/** Cues in en, es, de, fr, pt, it, ru, ar, hi, zh, ja, th; the first pattern that matches decides. */
const cues: [QuestionType, RegExp][] = [
  [
    'number',
    words(`how many|how much|how long|how far|how old|how tall|how big|how large|how often|how high|how deep|how fast|what percentage|what percent|what number|what amount
    |what size|maximum|minimum|cu[aá]nt[oa]s?|qu[eé] porcentaje|qu[eé] cantidad|wie ?viele?|wie (?:lange|hoch|groß|oft|weit|alt|teuer)|wieviel|combien|quel(?:le)? (?:pourcentage|nombre|taille|montant)
    |quanto|quantos|quanta|quante|quanti|сколько|какой процент|كم|कितन[ेाी]`),
  ],
  ['number', /多少|几个|幾個|多大|多长|多高|多久|百分之几|いくつ|いくら|何人|何個|何回|何パーセント|どのくらい|กี่|เท่าไร|เท่าไหร่/u],
  [
    'time',
    words(`when|what year|which year|what date|what day|what month|what century|what decade|what time|in what (?:year|century|decade|month)|cu[aá]ndo|en qu[eé] (?:año|fecha|siglo|mes|d[ií]a)|qu[eé] año
    |wann|in welche[mr] (?:jahr|monat|jahrhundert)|welche[sn]? jahr|quand|en quelle année|quelle (?:année|date)|quando|em que ano|in che anno|когда|в каком году|в каком веке|какого числа|متى|متي
    |في أي (?:عام|سنة|قرن)|कब|किस (?:वर्ष|साल|सदी|दिन)`),
  ],
  ['time', /何时|何時|什么时候|什麼時候|哪一?年|哪天|几月|いつ|何年|何月|何日|เมื่อใด|เมื่อไหร่|เมื่อไร|ปีใด|ปีไหน/u],
  [
    'steps',
    words(`how do (?:i|we|you)|how (?:can|should|could) (?:i|we|you|one)|how to|(?:how|what) do i need to|what (?:are the )?steps|c[oó]mo (?:puedo|se puede|podemos|debo|\\p{L}+o)|wie (?:kann|muss|soll|mache|richte|bekomme|setze|lege|ändere)
    |wie .{0,40}\\b(?:ich|man)\\b|comment (?:puis-je|peut-on|on|dois-je|je|\\p{L}+(?:er|ir|re))|como (?:posso|faço|fazer)|come (?:posso|faccio|si)|как (?:мне|можно|сделать|я|настроить|изменить)|كيف (?:يمكن|أ|ا)|कैसे (?:करें|करूँ|कर|बदलें)`),
  ],
  ['steps', /如何|怎么|怎麼|怎样|どうやって|するには|方法は|อย่างไร|ยังไง|วิธี/u],
  [
    'person',
    words(
      `who|whom|whose|what person|which person|qui[eé]n(?:es)?|wer|wem|wen|wessen|qui|quem|chi|кто|кого|кому|кем|чья?|من|कौन|किस(?:ने|को|का|की|के)?`,
    ),
  ],
  ['person', /谁|誰|だれ|ใคร/u],
  [
    'place',
    words(`where|what (?:city|country|state|place|location|town|region|continent)|which (?:city|country|state|place|town|region|continent)|d[oó]nde|en qu[eé] (?:ciudad|pa[ií]s|lugar|estado)
    |wo|woher|wohin|in welche[mr] (?:stadt|land|ort)|welche (?:stadt|region)|où|dans quel(?:le)? (?:ville|pays|région)|onde|dove|где|куда|откуда|в как(?:ом|ой) (?:городе|стране|месте|штате)|أين|اين|في أي (?:مدينة|بلد|دولة)|कहाँ|कहां`),
  ],
  ['place', /哪里|哪裡|在哪|哪个(?:城市|国家|地区)|どこ|ที่ไหน/u],
  ['reason', words(`why|what (?:is|was) the reason|por qu[eé]|warum|weshalb|wieso|pourquoi|perch[eé]|почему|зачем|لماذا|क्यों`)],
  ['reason', /为什么|為什麼|なぜ|どうして|ทำไม/u],
  [
    'definition',
    words(
      `what (?:is|are) (?:an? |the )?[\\p{L}\\p{N}-]+(?: [\\p{L}\\p{N}-]+)?|what does .{1,60} mean|definition of .{1,60}|(?:define|qu[eé] es|qu[eé] son|was (?:ist|sind|bedeutet)
    |qu'est-ce que?|c'est quoi|o que [eé]|che cos'è|cos'è|что такое|ما هو|ما هي|ما معنى) ?.{1,60}`,
      true,
    ),
  ],
  ['definition', /什么是|是什么|とは|何ですか|คืออะไร|क्या (?:है|हैं|होता)/u],
];

/** Reads what kind of answer a question asks for. */
export function questionType(question: string): QuestionType {
  const plain = question.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  const asked = plain.slice(0, clause.exec(plain)?.[1]?.length);
  return cues.find(([, pattern]) => pattern.test(asked))?.[0] ?? 'other';
}

/** A question with its beginning (group 1), behind which a clause says only under which condition: "What happens | when …?". */
const clause =
  /^(\s*(?:what|which|who|how|why|where|does|do|did|is|are|has|have|can|could|should|will|would|may|que|qu'|qué|quel\p{L}*|comment|est-ce|cómo|was|wie|wer|welche\p{L}*)(?![\p{L}\p{M}]).*?)\s(?:when|where|quand|cuando|donde)\s/u;

function words(alternatives: string, whole = false): RegExp {
  const body = alternatives.replace(/\n\s*/g, '');
  return new RegExp(whole ? `^\\s*(?:${body})\\s*[?؟.!]*\\s*$` : `(?<![\\p{L}\\p{M}])(?:${body})(?![\\p{L}\\p{M}])`, 'u');
}
