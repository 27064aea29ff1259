import { baseLanguage } from '@docent/language';

export interface TranscriptTexts {
  /** `{bot}` is the bot's name. */
  subject: string;
  you: string;
  /** A person whose name is not known. */
  team: string;
  file: string;
  sources: string;
  /** What the mark behind a sentence means. */
  unsupported: string;
  /** Why this mail comes, and that nothing has to be done. */
  footer: string;
}

/** The words around a transcript, in the visitor's language (BCP 47), otherwise in English. */
export function transcriptTexts(language: string | null): TranscriptTexts {
  return texts[baseLanguage(language) ?? 'en'] ?? english;
}

const english: TranscriptTexts = {
  subject: 'Your conversation with {bot}',
  you: 'You',
  team: 'Team',
  file: 'File',
  sources: 'Sources',
  unsupported: 'not found in the sources',
  footer:
    'You receive this because somebody entered this address in the chat. If that was not you, ignore this mail; nothing else will follow.',
};

const texts: Record<string, TranscriptTexts> = {
  en: english,
  de: {
    subject: 'Ihr Gespräch mit {bot}',
    you: 'Sie',
    team: 'Team',
    file: 'Datei',
    sources: 'Quellen',
    unsupported: 'in den Quellen nicht gefunden',
    footer:
      'Sie erhalten diese Nachricht, weil diese Adresse im Chat eingegeben wurde. Waren Sie das nicht, beachten Sie sie nicht weiter; es folgt nichts mehr.',
  },
  es: {
    subject: 'Su conversación con {bot}',
    you: 'Usted',
    team: 'Equipo',
    file: 'Archivo',
    sources: 'Fuentes',
    unsupported: 'no figura en las fuentes',
    footer:
      'Recibe este mensaje porque alguien escribió esta dirección en el chat. Si no fue usted, ignórelo; no recibirá nada más.',
  },
  fr: {
    subject: 'Votre conversation avec {bot}',
    you: 'Vous',
    team: 'Équipe',
    file: 'Fichier',
    sources: 'Sources',
    unsupported: 'absent des sources',
    footer:
      'Vous recevez ce message car cette adresse a été saisie dans le chat. Si ce n’était pas vous, ignorez-le ; rien d’autre ne suivra.',
  },
  ru: {
    subject: 'Ваш разговор с {bot}',
    you: 'Вы',
    team: 'Сотрудник',
    file: 'Файл',
    sources: 'Источники',
    unsupported: 'нет в источниках',
    footer:
      'Вы получили это письмо, потому что этот адрес указали в чате. Если это были не вы, просто не обращайте на него внимания: больше писем не будет.',
  },
  ar: {
    subject: 'محادثتك مع {bot}',
    you: 'أنت',
    team: 'الفريق',
    file: 'ملف',
    sources: 'المصادر',
    unsupported: 'غير موجود في المصادر',
    footer: 'وصلتك هذه الرسالة لأن أحدهم أدخل هذا العنوان في المحادثة. إن لم تكن أنت فتجاهلها، ولن يصلك شيء آخر.',
  },
  hi: {
    subject: '{bot} के साथ आपकी बातचीत',
    you: 'आप',
    team: 'टीम',
    file: 'फ़ाइल',
    sources: 'स्रोत',
    unsupported: 'स्रोतों में नहीं मिला',
    footer: 'यह संदेश आपको इसलिए मिला है क्योंकि यह पता चैट में लिखा गया था। यदि वह आप नहीं थे, तो इसे अनदेखा करें; आगे कुछ नहीं आएगा।',
  },
  zh: {
    subject: '您与 {bot} 的对话',
    you: '您',
    team: '客服',
    file: '文件',
    sources: '来源',
    unsupported: '资料中未找到',
    footer: '您收到此邮件，是因为有人在聊天中输入了这个地址。如果不是您本人，请忽略；不会再有后续邮件。',
  },
  ja: {
    subject: '{bot} との会話',
    you: 'あなた',
    team: '担当者',
    file: 'ファイル',
    sources: '出典',
    unsupported: '資料に見当たりません',
    footer:
      'このメールは、チャットでこのアドレスが入力されたためお送りしています。お心当たりがない場合は破棄してください。今後メールが届くことはありません。',
  },
  th: {
    subject: 'บทสนทนาของคุณกับ {bot}',
    you: 'คุณ',
    team: 'ทีมงาน',
    file: 'ไฟล์',
    sources: 'แหล่งที่มา',
    unsupported: 'ไม่พบในแหล่งที่มา',
    footer: 'คุณได้รับอีเมลนี้เพราะมีผู้กรอกที่อยู่นี้ในแชท หากไม่ใช่คุณ โปรดละเว้นอีเมลนี้ จะไม่มีอีเมลอื่นตามมา',
  },
};

/** Languages with own words. */
export const transcriptLanguages = Object.keys(texts);
