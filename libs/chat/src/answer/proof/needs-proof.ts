import { analyseText, detectLanguage, normaliseText } from '@docent/language';

/** What has to be shown of a sentence: nothing, its figures and names only, or all that it says. */
export type Proof = 'none' | 'figures' | 'all';

/**
 * Which sentences state something about the world. Greetings, thanks, offers, questions back and refusals state nothing that a source could carry;
 * headings and lead-ins say in short what follows; even there a number or a name must not be invented.
 */
export function proofNeededFor(sentence: string): Proof {
  if (!/\p{L}/u.test(sentence)) return 'none';
  const plain = normaliseText(sentence)
    .replace(/[*_`>#]/g, '')
    .trim();
  if (/^\s*#/.test(sentence) || /^\s*\*\*[^*]+\*\*:?\s*$/.test(sentence)) return 'figures';
  if (/[:：?？؟]["'”’»」』）)]*$/.test(plain)) return 'figures';
  const isPolite = plain.length <= longestCourtesy && (courtesies.test(plain) || refusals.test(plain));
  if (isPolite && !turns.test(plain)) return 'figures';
  const rest = plain.replace(openings, '');
  return analyseText(rest, detectLanguage(rest)).length < leastTerms && !/\p{N}/u.test(rest) ? 'figures' : 'all';
}

/** Shorter ones ("Yes, exactly.") lean on the next one. Every language counts its stop words here, and a pair of ideographs is a term. */
const leastTerms = 2;

/** What is longer goes on to say something. */
const longestCourtesy = 200;

/** Words that only open a sentence; what follows has to be shown. */
const openings =
  /^(?:(?:yes|no|sure|certainly|of course|absolutely|great|okay|ok|well|hello|hi|hey|thanks|thank you|sorry|ja|nein|gerne|natürlich|klar|hallo|danke|sí|no|claro|por supuesto|hola|gracias|oui|non|bien sûr|bonjour|merci|да|нет|конечно|здравствуйте|привет|спасибо|نعم|لا|بالطبع|مرحبا|أهلا|شكرا|हाँ|हां|नहीं|ज़रूर|नमस्ते|धन्यवाद|是的|不是|当然|您好|你好|谢谢|はい|いいえ|もちろん|こんにちは|ありがとうございます|ใช่|ไม่ใช่|แน่นอน|สวัสดี|ขอบคุณ)[\s,.!、，。！-]*)+/u;

/** The whole sentence is one of these, so what it goes on with must be such too. */
const courtesies = new RegExp(
  `^(?:${[
    "(?:you(?:'|’)re|you are) (?:very )?welcome|my pleasure|glad to help|happy to help|i(?:'|’)m (?:here|happy|glad|sorry)|i am (?:here|happy|glad|sorry)|i (?:hope|understand|would be happy|apologi[sz]e)|(?:please )?(?:let me know|feel free|don(?:'|’)t hesitate|tell me)|have a (?:nice|great|good)|how can i|what can i|is there anything|hope (?:this|that)|if you (?:have|need|would like|want) (?:any|more|further)|based on|according to the (?:passages|sources|information|documents) *[,:]?$|here(?:'|’)s|here (?:is|are)|in (?:short|summary)[.,:]?$",
    'gern geschehen|ich (?:hoffe|helfe|bin (?:hier|gerne)|freue)|(?:bitte )?(?:lassen sie mich wissen|sagen sie mir|melden sie sich)|wie kann ich|hier (?:ist|sind|finden)|wenn sie (?:weitere|noch|mehr)|einen schönen|(?:es )?tut mir leid|entschuldig',
    'de nada|con (?:mucho )?gusto|espero que|(?:por favor )?(?:avíseme|dígame|hágame saber|no dude)|¿|si (?:tiene|necesita) (?:más|otra|alguna)|lo siento|aquí (?:está|están|tiene)|que tenga',
    "de rien|avec plaisir|je (?:reste|suis (?:là|ravi|désolé|à votre))|j(?:'|’)espère|n(?:'|’)hésitez|dites-moi|faites-moi savoir|si vous avez (?:d(?:'|’)autres|besoin|des)|voici|désolé|bonne journée",
    'пожалуйста[,!.]|рад помочь|рада помочь|надеюсь|обращайтесь|дайте знать|если у вас (?:есть|остались|возникнут)|извините|простите|вот |чем (?:я )?могу|хорошего дня',
    'على الرحب|يسعدني|آمل|لا تتردد|أخبرني|إذا كان لديك|عذرا|آسف|يسرني|كيف يمكنني|إليك',
    'आपका स्वागत|मुझे (?:खुशी|आशा|उम्मीद|खेद)|कृपया (?:मुझे )?बताएं|यदि आपके (?:पास|कोई)|अगर आपके|क्षमा|यहाँ|माफ़',
    '不客气|很高兴|希望(?:这|以上|能)|如果(?:您|你)(?:还有|需要|有)|如有|请(?:告诉|随时)|抱歉|对不起|以下是|祝',
    'どういたしまして|お役に立て|喜んで|ご不明|何か(?:他|ほか|ご)|お気軽|申し訳|すみません|以下|他にご',
    'ยินดี|หวังว่า|หากคุณ(?:มี|ต้องการ)|ถ้าคุณ(?:มี|ต้องการ)|โปรดแจ้ง|ขออภัย|ขอโทษ|นี่คือ|มีอะไร',
  ].join('|')})`,
  'u',
);

/** That nothing is known, or that a person knows more. */
const refusals = new RegExp(
  [
    "\\bi (?:could|can|do|did|was|am)(?: not|n(?:'|’)t|not|) (?:unable to )?(?:find|know|have|see|answer|tell|say|provide|help|sure|able)\\b",
    '(?:passages?|sources?|documents?) (?:are|is) silent',
    'unable to (?:find|answer|provide|tell|help)',
    "\\b(?:passages?|sources?|documents?|information|knowledge base|context)\\b.{0,40}\\b(?:do(?:es)?(?: not|n(?:'|’)t)|did(?: not|n(?:'|’)t)|not|no)\\b.{0,20}\\b(?:mention|say|contain|cover|include|specif\\w*|provide\\w*|state|answer|describe|list|give)",
    '\\b(?:not|no)\\b.{0,30}\\b(?:in|from|by|mentioned|available|provided|specified|covered|found)\\b.{0,20}\\b(?:passages?|sources?|documents?|information (?:i|provided|given|available)|context)\\b',
    '\\b(?:there (?:is|was)|i have|have) no (?:information|details|mention|data)\\b',
    '(?:keine (?:information|angaben|antwort|hinweise)|nicht (?:gefunden|beantworten|bekannt|erwähnt|enthalten)|weiß ich (?:leider )?nicht|ich weiß .{0,20}nicht|(?:quellen|texte|unterlagen|passagen|informationen).{0,40}(?:nicht|kein))',
    '(?:no (?:he encontrado|encontré|encuentro|tengo|dispongo|puedo|sé|se menciona|hay información|figura)|las? (?:fuentes|pasajes|información).{0,40} no )',
    "(?:je n(?:'|’)ai (?:pas|aucune)|je ne (?:sais|peux|trouve|dispose)|ne (?:mentionne|précise|contien|indique)\\w* (?:pas|rien|aucun)|aucune (?:information|réponse|mention))",
    '(?:не (?:нашл|наш[её]л|знаю|могу|указан|упомина|содерж|удалось|располага)|нет (?:информации|сведений|данных|ответа))',
    '(?:لم أجد|لا (?:أعرف|أعلم|أستطيع|يمكنني|تذكر|توجد معلومات|تتوفر)|لا أملك|ليس لدي)',
    '(?:नहीं (?:मिला|मिली|पता|है जानकारी|दे सकता|बता सकता)|जानकारी (?:नहीं|उपलब्ध नहीं))',
    '(?:没有(?:找到|提到|提及|相关|说明|信息|提供)|未(?:提及|提到|找到|说明|提供)|无法(?:回答|提供|确定)|不知道|不清楚)',
    '(?:見つかりません|記載(?:が|は|されて)|わかりません|分かりません|お答えできません|情報(?:が|は)(?:ありません|ない))',
    '(?:ไม่พบ|ไม่ทราบ|ไม่มีข้อมูล|ไม่ได้(?:ระบุ|กล่าวถึง)|ไม่สามารถ(?:ตอบ|ให้))',
  ].join('|'),
  'u',
);

/** Behind these such a sentence goes on to state something. */
const turns =
  /(?<!\p{L})(?:but|however|although|because|instead|aber|jedoch|allerdings|sondern|weil|pero|sin embargo|porque|aunque|mais|cependant|parce que|но|однако|потому|а)(?!\p{L})|لكن|ولكن|लेकिन|परंतु|क्योंकि|但是|不过|但|然而|因为|しかし|ですが|けれど|แต่|เพราะ/u;
