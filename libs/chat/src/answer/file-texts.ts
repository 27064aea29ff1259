import { baseLanguage } from '@docent/language';

export interface FileTexts {
  /** The visitor sent files and no words. */
  cannotRead: string;
  /** Stands behind it where a person can be asked for. */
  personCanLook: string;
}

/** What the bot says to files, in the visitor's language (BCP 47), otherwise in English. */
export function fileTexts(language: string | null): FileTexts {
  return texts[baseLanguage(language) ?? 'en'] ?? english;
}

const english: FileTexts = {
  cannotRead: 'Thank you. I cannot read files myself. Please tell me in words what it is about.',
  personCanLook: 'Or ask for a person: they will see your file.',
};

const texts: Record<string, FileTexts> = {
  en: english,
  de: {
    cannotRead: 'Danke. Dateien kann ich selbst nicht lesen. Bitte beschreiben Sie mir in Worten, worum es geht.',
    personCanLook: 'Oder fragen Sie nach einem Menschen aus unserem Team: Dort wird Ihre Datei gesehen.',
  },
  es: {
    cannotRead: 'Gracias. Yo no puedo leer archivos. Cuénteme con palabras de qué se trata.',
    personCanLook: 'O pida hablar con una persona: verá su archivo.',
  },
  fr: {
    cannotRead: 'Merci. Je ne peux pas lire les fichiers moi-même. Dites-moi avec des mots de quoi il s’agit.',
    personCanLook: 'Ou demandez à parler à une personne : elle verra votre fichier.',
  },
  ru: {
    cannotRead: 'Спасибо. Сам я не умею читать файлы. Опишите, пожалуйста, словами, о чём речь.',
    personCanLook: 'Или позовите сотрудника: он увидит ваш файл.',
  },
  ar: {
    cannotRead: 'شكرًا. لا أستطيع قراءة الملفات بنفسي. يُرجى أن تخبرني بالكلمات عمّا يدور الأمر.',
    personCanLook: 'أو اطلب التحدث إلى شخص من الفريق، فسيرى ملفك.',
  },
  hi: {
    cannotRead: 'धन्यवाद। मैं स्वयं फ़ाइलें नहीं पढ़ सकता। कृपया शब्दों में बताइए कि बात क्या है।',
    personCanLook: 'या किसी व्यक्ति से बात करने के लिए कहें: वे आपकी फ़ाइल देखेंगे।',
  },
  zh: {
    cannotRead: '谢谢。我无法读取文件，请用文字告诉我您想了解什么。',
    personCanLook: '您也可以要求人工服务，他们会看到您的文件。',
  },
  ja: {
    cannotRead: 'ありがとうございます。ファイルの中身は私には読めません。内容を言葉でお知らせください。',
    personCanLook: '担当者をお呼びいただければ、ファイルを確認いたします。',
  },
  th: {
    cannotRead: 'ขอบคุณ ฉันอ่านไฟล์เองไม่ได้ โปรดบอกเป็นข้อความว่าเป็นเรื่องอะไร',
    personCanLook: 'หรือขอคุยกับเจ้าหน้าที่ ซึ่งจะเห็นไฟล์ของคุณ',
  },
};

/** Languages with own words. */
export const fileTextLanguages = Object.keys(texts);
