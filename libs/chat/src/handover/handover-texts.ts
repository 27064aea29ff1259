import { baseLanguage } from '@docent/language';

export interface HandoverTexts {
  /** A person was asked for. The waiting time follows. */
  requested: string;
  /** Stands before a duration. */
  waitingTime: string;
  /** `{name}` has come. */
  joined: string;
  /** Whoever was there is not any more, and somebody else is awaited. */
  left: string;
  /** Back with the bot. */
  released: string;
  /** Nobody came, and the bot goes on. */
  nobodyCame: string;
  /** Nobody came, or nobody is there at this hour: the message form follows. */
  leaveMessage: string;
  closed: string;
  /** Instead of a second "I don't know" while a person is awaited. */
  passedOn: string;
}

/** What the visitor is told when the conversation changes hands, in their language (BCP 47), otherwise in English. */
export function handoverTexts(language: string | null): HandoverTexts {
  return texts[baseLanguage(language) ?? 'en'] ?? english;
}

/** Somebody will come, and after what time. */
export function promiseText(language: string | null, start: 'requested' | 'left', seconds: number): string {
  const base = baseLanguage(language) ?? 'en';
  const told = handoverTexts(base);
  return `${told[start]} ${told.waitingTime} ${duration(texts[base] ? base : 'en', seconds)}${fullStop(base)}`;
}

function duration(language: string, seconds: number): string {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 5400 ? [Math.round(seconds / 60), 'minute'] : [Math.round(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

function fullStop(language: string): string {
  return { zh: '。', ja: '。', hi: '।', th: '' }[language] ?? '.';
}

const english: HandoverTexts = {
  requested: 'I have asked a person to join. You can go on asking me meanwhile.',
  waitingTime: 'Expected waiting time:',
  joined: '{name} has joined the conversation.',
  left: 'Your conversation is waiting for somebody else to join.',
  released: 'You are talking with the bot again.',
  nobodyCame: 'I am sorry, nobody is free at the moment. I will go on helping as well as I can.',
  leaveMessage: 'I am sorry, nobody is there at the moment. Leave a message, and we will get back to you.',
  closed: 'This conversation has been closed. Write again at any time.',
  passedOn: 'I do not know that, but I have passed it on. A person will answer here.',
};

const texts: Record<string, HandoverTexts> = {
  en: english,
  de: {
    requested: 'Ich habe jemanden aus dem Team dazugebeten. Sie können mich inzwischen weiter fragen.',
    waitingTime: 'Voraussichtliche Wartezeit:',
    joined: '{name} ist jetzt im Gespräch.',
    left: 'Ihr Gespräch wartet darauf, dass jemand anderes übernimmt.',
    released: 'Sie sprechen jetzt wieder mit dem Bot.',
    nobodyCame: 'Leider ist gerade niemand frei. Ich helfe weiter, so gut ich kann.',
    leaveMessage: 'Leider ist gerade niemand da. Hinterlassen Sie eine Nachricht, wir melden uns bei Ihnen.',
    closed: 'Dieses Gespräch wurde geschlossen. Sie können jederzeit wieder schreiben.',
    passedOn: 'Das weiß ich nicht, aber ich habe es weitergegeben. Jemand wird hier antworten.',
  },
  es: {
    requested: 'He pedido a una persona que se una. Mientras tanto puede seguir preguntándome.',
    waitingTime: 'Tiempo de espera previsto:',
    joined: '{name} se ha unido a la conversación.',
    left: 'Su conversación espera a que otra persona la atienda.',
    released: 'Vuelve a hablar con el bot.',
    nobodyCame: 'Lo siento, ahora mismo no hay nadie disponible. Seguiré ayudándole en lo que pueda.',
    leaveMessage: 'Lo siento, ahora mismo no hay nadie. Deje un mensaje y nos pondremos en contacto con usted.',
    closed: 'Esta conversación se ha cerrado. Puede volver a escribir en cualquier momento.',
    passedOn: 'No lo sé, pero lo he transmitido. Una persona le responderá aquí.',
  },
  fr: {
    requested: 'J’ai demandé à une personne de nous rejoindre. Vous pouvez continuer à me poser des questions.',
    waitingTime: 'Temps d’attente estimé :',
    joined: '{name} a rejoint la conversation.',
    left: 'Votre conversation attend qu’une autre personne la reprenne.',
    released: 'Vous parlez de nouveau avec le bot.',
    nobodyCame: 'Désolé, personne n’est disponible pour le moment. Je continue à vous aider de mon mieux.',
    leaveMessage: 'Désolé, il n’y a personne pour le moment. Laissez un message et nous vous répondrons.',
    closed: 'Cette conversation a été fermée. Vous pouvez écrire de nouveau à tout moment.',
    passedOn: 'Je ne le sais pas, mais j’ai transmis votre question. Une personne vous répondra ici.',
  },
  ru: {
    requested: 'Я пригласил сотрудника. Пока вы ждёте, можно спрашивать меня.',
    waitingTime: 'Ожидаемое время ожидания:',
    joined: '{name} теперь в беседе.',
    left: 'Беседа ждёт, когда подключится другой сотрудник.',
    released: 'Вы снова говорите с ботом.',
    nobodyCame: 'К сожалению, сейчас никто не свободен. Я продолжу помогать, чем смогу.',
    leaveMessage: 'К сожалению, сейчас никого нет. Оставьте сообщение, и мы вам ответим.',
    closed: 'Беседа закрыта. Вы можете написать снова в любое время.',
    passedOn: 'Этого я не знаю, но передал вопрос дальше. Сотрудник ответит вам здесь.',
  },
  ar: {
    requested: 'طلبتُ من أحد الموظفين الانضمام. يمكنك متابعة سؤالي في هذه الأثناء.',
    waitingTime: 'مدة الانتظار المتوقعة:',
    joined: 'انضم {name} إلى المحادثة.',
    left: 'محادثتك في انتظار انضمام شخص آخر.',
    released: 'أنت تتحدث مع الروبوت من جديد.',
    nobodyCame: 'عذرًا، لا يوجد أحد متاح الآن. سأواصل مساعدتك قدر استطاعتي.',
    leaveMessage: 'عذرًا، لا يوجد أحد الآن. اترك رسالة وسنعاود التواصل معك.',
    closed: 'أُغلقت هذه المحادثة. يمكنك الكتابة مجددًا في أي وقت.',
    passedOn: 'لا أعرف ذلك، لكنني نقلت سؤالك. سيجيبك أحد الموظفين هنا.',
  },
  hi: {
    requested: 'मैंने एक व्यक्ति को जुड़ने के लिए कहा है। तब तक आप मुझसे पूछते रह सकते हैं।',
    waitingTime: 'अनुमानित प्रतीक्षा समय:',
    joined: '{name} बातचीत में शामिल हो गए हैं।',
    left: 'आपकी बातचीत किसी और के जुड़ने की प्रतीक्षा में है।',
    released: 'आप फिर से बॉट से बात कर रहे हैं।',
    nobodyCame: 'क्षमा करें, अभी कोई उपलब्ध नहीं है। मैं यथासंभव सहायता करता रहूँगा।',
    leaveMessage: 'क्षमा करें, अभी यहाँ कोई नहीं है। संदेश छोड़ दें, हम आपसे संपर्क करेंगे।',
    closed: 'यह बातचीत बंद कर दी गई है। आप कभी भी फिर लिख सकते हैं।',
    passedOn: 'यह मुझे नहीं पता, पर मैंने आपका प्रश्न आगे भेज दिया है। कोई व्यक्ति यहीं उत्तर देगा।',
  },
  zh: {
    requested: '我已请人工客服加入，等待期间您可以继续问我。',
    waitingTime: '预计等待时间：',
    joined: '{name} 已加入对话。',
    left: '您的对话正在等待另一位客服加入。',
    released: '现在重新由机器人为您服务。',
    nobodyCame: '抱歉，目前没有空闲的客服。我会继续尽力帮助您。',
    leaveMessage: '抱歉，目前没有人在线。请留言，我们会与您联系。',
    closed: '本次对话已关闭，您可以随时再次留言。',
    passedOn: '这个我不清楚，但已转告客服，会有人在这里回复您。',
  },
  ja: {
    requested: '担当者に参加を依頼しました。お待ちの間も引き続きご質問いただけます。',
    waitingTime: '予想される待ち時間：',
    joined: '{name}が会話に参加しました。',
    left: '別の担当者の参加をお待ちいただいています。',
    released: '再びボットがご案内します。',
    nobodyCame: '申し訳ございません。ただいま対応できる者がおりません。引き続きできる限りお手伝いします。',
    leaveMessage: '申し訳ございません。ただいま担当者が不在です。メッセージを残していただければ、こちらからご連絡します。',
    closed: 'この会話は終了しました。いつでもまたご連絡ください。',
    passedOn: 'その件は分かりかねますが、担当者に伝えました。こちらで回答いたします。',
  },
  th: {
    requested: 'ได้แจ้งเจ้าหน้าที่ให้เข้าร่วมแล้ว ระหว่างนี้ถามต่อได้เลย',
    waitingTime: 'เวลารอโดยประมาณ:',
    joined: '{name} เข้าร่วมการสนทนาแล้ว',
    left: 'การสนทนาของคุณกำลังรอเจ้าหน้าที่คนอื่นเข้าร่วม',
    released: 'คุณกำลังคุยกับบอทอีกครั้ง',
    nobodyCame: 'ขออภัย ขณะนี้ไม่มีเจ้าหน้าที่ว่าง จะช่วยต่อไปเท่าที่ทำได้',
    leaveMessage: 'ขออภัย ขณะนี้ไม่มีเจ้าหน้าที่ โปรดฝากข้อความไว้ แล้วเราจะติดต่อกลับ',
    closed: 'การสนทนานี้ปิดแล้ว คุณเขียนมาใหม่ได้ทุกเมื่อ',
    passedOn: 'ไม่ทราบคำตอบข้อนี้ แต่ได้ส่งต่อแล้ว เจ้าหน้าที่จะตอบที่นี่',
  },
};

/** Languages with own words. */
export const handoverLanguages = Object.keys(texts);
