import { baseLanguage } from '@docent/language';

export interface AnswerTexts {
  /** Nothing in the knowledge answers. */
  noAnswer: string;
  /** Stands before a list of topics. */
  closestTopics: string;
  /** The model stopped at its output limit. */
  cutAtLength: string;
  /** The model failed: said to a visitor, who can do nothing about it. */
  modelFailed: string;
  /** Stands before a quote that is in another language than the question; `{language}` is its name in the visitor's language. */
  foreignQuote: string;
  /** The owner's plan is used up, and the owner has not written own words. */
  limitReached: string;
}

/** What the product itself says in an answer, in the visitor's language (BCP 47), otherwise in English. */
export function answerTexts(language: string | null): AnswerTexts {
  return texts[baseLanguage(language) ?? 'en'] ?? english;
}

/** The polite refusal, with the closest topics where there are any. */
export function noAnswerText(language: string | null, suggestions: string[] = []): string {
  const { noAnswer, closestTopics } = answerTexts(language);
  if (suggestions.length === 0) return noAnswer;
  return `${noAnswer}\n\n${closestTopics}\n${suggestions.map((topic) => `- ${topic}`).join('\n')}`;
}

/** Says, in the visitor's language, that what follows is quoted in another one (both BCP 47). */
export function foreignQuoteText(visitorLanguage: string | null, quoteLanguage: string): string {
  const known = baseLanguage(visitorLanguage) ?? 'en';
  const names = new Intl.DisplayNames([known in texts ? known : 'en'], { type: 'language' });
  return answerTexts(visitorLanguage).foreignQuote.replace('{language}', names.of(quoteLanguage) ?? quoteLanguage);
}

const english: AnswerTexts = {
  noAnswer: 'I could not find an answer to that in the information I have.',
  closestTopics: 'These topics come closest:',
  cutAtLength: 'The answer was cut at its length limit.',
  modelFailed: 'I cannot answer at the moment. Please try again shortly.',
  foreignQuote: 'The source is in another language ({language}). It says:',
  limitReached: 'I cannot take more questions at the moment. Please contact us directly.',
};

const texts: Record<string, AnswerTexts> = {
  en: english,
  de: {
    noAnswer: 'Dazu habe ich in den Informationen, die mir vorliegen, keine Antwort gefunden.',
    closestTopics: 'Diese Themen kommen dem am nächsten:',
    cutAtLength: 'Die Antwort wurde an ihrer Längengrenze abgeschnitten.',
    modelFailed: 'Ich kann gerade nicht antworten. Bitte versuchen Sie es gleich noch einmal.',
    foreignQuote: 'Die Quelle ist in einer anderen Sprache ({language}). Dort steht:',
    limitReached: 'Ich kann im Moment keine weiteren Fragen annehmen. Bitte wenden Sie sich direkt an uns.',
  },
  es: {
    noAnswer: 'No he encontrado una respuesta a eso en la información de la que dispongo.',
    closestTopics: 'Estos temas son los más cercanos:',
    cutAtLength: 'La respuesta se cortó al llegar a su límite de longitud.',
    modelFailed: 'Ahora mismo no puedo responder. Inténtelo de nuevo en unos momentos.',
    foreignQuote: 'La fuente está en otro idioma ({language}). Dice:',
    limitReached: 'En este momento no puedo aceptar más preguntas. Póngase en contacto con nosotros directamente.',
  },
  fr: {
    noAnswer: 'Je n’ai pas trouvé de réponse à cette question dans les informations dont je dispose.',
    closestTopics: 'Ces sujets s’en rapprochent le plus :',
    cutAtLength: 'La réponse a été coupée à sa limite de longueur.',
    modelFailed: 'Je ne peux pas répondre pour le moment. Veuillez réessayer dans un instant.',
    foreignQuote: 'La source est dans une autre langue ({language}). Elle dit :',
    limitReached: 'Je ne peux pas prendre d’autres questions pour le moment. Veuillez nous contacter directement.',
  },
  ru: {
    noAnswer: 'В имеющихся у меня сведениях ответа на этот вопрос не нашлось.',
    closestTopics: 'Ближе всего эти темы:',
    cutAtLength: 'Ответ обрезан: достигнут предел его длины.',
    modelFailed: 'Сейчас я не могу ответить. Пожалуйста, попробуйте ещё раз чуть позже.',
    foreignQuote: 'Источник на другом языке ({language}). Там сказано:',
    limitReached: 'Сейчас я не могу принять новые вопросы. Пожалуйста, свяжитесь с нами напрямую.',
  },
  ar: {
    noAnswer: 'لم أجد إجابة عن ذلك في المعلومات المتاحة لدي.',
    closestTopics: 'أقرب المواضيع إلى سؤالك:',
    cutAtLength: 'قُطعت الإجابة عند الحد الأقصى لطولها.',
    modelFailed: 'لا أستطيع الإجابة الآن. يُرجى المحاولة مرة أخرى بعد قليل.',
    foreignQuote: 'المصدر بلغة أخرى ({language}). وجاء فيه:',
    limitReached: 'لا أستطيع استقبال المزيد من الأسئلة الآن. يُرجى التواصل معنا مباشرة.',
  },
  hi: {
    noAnswer: 'मेरे पास उपलब्ध जानकारी में मुझे इसका उत्तर नहीं मिला।',
    closestTopics: 'ये विषय सबसे निकट हैं:',
    cutAtLength: 'उत्तर अपनी लंबाई की सीमा पर काट दिया गया।',
    modelFailed: 'मैं अभी उत्तर नहीं दे सकता। कृपया थोड़ी देर में फिर से प्रयास करें।',
    foreignQuote: 'स्रोत दूसरी भाषा ({language}) में है। उसमें लिखा है:',
    limitReached: 'मैं अभी और प्रश्न नहीं ले सकता। कृपया हमसे सीधे संपर्क करें।',
  },
  zh: {
    noAnswer: '在我掌握的资料中没有找到这个问题的答案。',
    closestTopics: '以下主题最为接近：',
    cutAtLength: '回答已达到长度上限，被截断。',
    modelFailed: '我暂时无法回答，请稍后再试。',
    foreignQuote: '资料使用的是另一种语言（{language}）。原文如下：',
    limitReached: '我暂时无法接受更多问题，请直接与我们联系。',
  },
  ja: {
    noAnswer: '手元の情報の中に、その答えは見つかりませんでした。',
    closestTopics: '最も近いトピックはこちらです：',
    cutAtLength: '回答は長さの上限に達したため、途中で切れています。',
    modelFailed: 'ただいま回答できません。しばらくしてからもう一度お試しください。',
    foreignQuote: '資料は別の言語（{language}）で書かれています。原文：',
    limitReached: 'ただいまこれ以上の質問をお受けできません。直接お問い合わせください。',
  },
  th: {
    noAnswer: 'ไม่พบคำตอบสำหรับคำถามนี้ในข้อมูลที่มีอยู่',
    closestTopics: 'หัวข้อที่ใกล้เคียงที่สุด:',
    cutAtLength: 'คำตอบถูกตัดเพราะถึงขีดจำกัดความยาว',
    modelFailed: 'ขณะนี้ไม่สามารถตอบได้ โปรดลองอีกครั้งในอีกสักครู่',
    foreignQuote: 'แหล่งข้อมูลเป็นอีกภาษาหนึ่ง ({language}) ซึ่งระบุว่า:',
    limitReached: 'ขณะนี้ไม่สามารถรับคำถามเพิ่มได้ โปรดติดต่อเราโดยตรง',
  },
};

/** Languages with own words. */
export const answerLanguages = Object.keys(texts);
