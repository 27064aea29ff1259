import { describe, expect, it } from 'vitest';
import { asksForPerson } from './asks-for-person';
import { holdsPhrase } from './holds-phrase';

const wishes: Record<string, string[]> = {
  en: ['I want to talk to a human', 'Can I speak to a real person?', 'Please connect me to an agent.', 'human please', 'agent', 'I’d like to speak with someone from your team', 'let me chat with a live agent!', 'I need a human', 'This is useless. Can I talk to somebody?', 'How can I talk to a person who can help?', 'transfer me to customer service', 'I really want to speak to a representative about my bill'],
  de: ['Ich möchte mit einem Menschen sprechen', 'Kann ich bitte mit einem Mitarbeiter reden?', 'Verbinden Sie mich mit einem Berater.', 'Mitarbeiter bitte', 'Ich will jetzt mit jemandem vom Support sprechen', 'einen Menschen bitte', 'Mit einem echten Menschen sprechen'],
  es: ['Quiero hablar con una persona', '¿Puedo hablar con un agente, por favor?', 'Páseme con un operador', 'agente humano', 'Necesito hablar con alguien de su equipo', 'Me gustaría hablar con un humano real'],
  fr: ['Je voudrais parler à une personne', 'Puis-je parler avec un conseiller ?', 'Passez-moi un agent', 'Je veux parler à quelqu’un', 'Parler à un humain', 'conseiller s’il vous plaît'],
  ru: ['Хочу поговорить с человеком', 'Можно поговорить с оператором?', 'Соедините меня с оператором', 'оператор', 'Позовите оператора, пожалуйста', 'Переключите на живого человека'],
  ar: ['أريد التحدث مع شخص', 'هل يمكنني التحدث إلى موظف من فضلك؟', 'حولني إلى موظف', 'موظف خدمة العملاء', 'اريد التحدث مع انسان حقيقي'],
  hi: ['मुझे किसी इंसान से बात करनी है', 'क्या मैं एजेंट से बात कर सकता हूँ?', 'एजेंट', 'कृपया ग्राहक सेवा से बात कराइए', 'मुझे किसी व्यक्ति से जोड़ें'],
  zh: ['转人工', '我要找人工客服', '请转接人工服务', '我想和真人聊', '人工客服', '我想跟客服沟通'],
  ja: ['オペレーターにつないでください', '人間と話したい', '担当者と話したいです', 'スタッフに代わってください', 'オペレーターをお願いします'],
  th: ['ขอคุยกับเจ้าหน้าที่', 'อยากคุยกับคนจริงๆ', 'ต้องการคุยกับพนักงานครับ', 'คุยกับแอดมินได้ไหม', 'ขอเจ้าหน้าที่ค่ะ'],
};

const questions: Record<string, string[]> = {
  en: ['How do I contact a person at the tax office?', 'Can I speak to someone at the embassy?', 'Do I need to talk to an agent to cancel?', 'What does a real estate agent cost?', 'I don’t want to talk to a human', 'How do I talk to a person with dementia?', 'Can my customers chat with an agent in the app?', 'How many people work here?', 'Who is the contact person for parking permits?', 'I talked to an agent yesterday, where is my ticket?', 'Is a human rights lawyer free of charge?', 'I need a person to witness my signature', 'Which operator runs the ferry?', 'When do I have to speak to a representative?', 'Which team won?', 'What is customer service?'],
  de: ['Wie kann ich mit einer Person beim Finanzamt sprechen?', 'Muss ich mit einem Mitarbeiter sprechen, um zu kündigen?', 'Wie viele Mitarbeiter hat die Firma?', 'Ein Mensch braucht wie viel Wasser?', 'Ich habe gestern mit einem Mitarbeiter gesprochen', 'Was kostet eine Person mehr im Zimmer?', 'Was verdient ein Berater?'],
  es: ['¿Cómo hablo con una persona en la oficina de impuestos?', '¿Puedo hablar con alguien en la embajada?', '¿Cuánto cuesta por persona?', 'No quiero hablar con una persona', '¿Qué hace un agente inmobiliario?'],
  fr: ['Comment parler à une personne aux impôts ?', 'Combien coûte une personne supplémentaire ?', 'Quel agent immobilier choisir ?', 'Je ne veux pas parler à un humain', 'Comment parler à un enfant ?'],
  ru: ['Как связаться с сотрудником в налоговой?', 'Сколько человек работает в компании?', 'Какой оператор обслуживает линию?', 'Я не хочу говорить с человеком', 'Сколько стоит билет на человека?'],
  ar: ['كيف يمكنني التحدث مع موظف في مصلحة الضرائب؟', 'كم عدد الموظفين؟', 'كم يكلف لكل شخص؟', 'لا أريد التحدث مع شخص'],
  hi: ['कर कार्यालय में किसी व्यक्ति से बात कैसे करें?', 'प्रति व्यक्ति कितना खर्च है?', 'कितने कर्मचारी हैं?', 'इंसान के शरीर में कितनी हड्डियाँ होती हैं?'],
  zh: ['怎么联系税务局的客服？', '人工智能是什么？', '人工费用是多少？', '一个人多少钱？', '人工客服几点上班？'],
  ja: ['担当者の名前を教えてください', '税務署の担当者はどこにいますか', 'オペレーターの営業時間は？', '担当者と話した記録はどこにありますか', '人間の体温は何度ですか'],
  th: ['เจ้าหน้าที่ทำงานกี่โมง', 'ติดต่อเจ้าหน้าที่สรรพากรอย่างไร', 'หนึ่งคนราคาเท่าไร', 'พนักงานมีกี่คน', 'ไม่อยากคุยกับคน'],
};

describe('asking for a person', () => {
  it.each(Object.entries(wishes).flatMap(([language, texts]) => texts.map((text) => [language, text])))('is heard in %s: %s', (_, text) => {
    expect(asksForPerson(text!)).toBe(true);
  });

  it.each(Object.entries(questions).flatMap(([language, texts]) => texts.map((text) => [language, text])))('is not read into a question in %s: %s', (_, text) => {
    expect(asksForPerson(text!)).toBe(false);
  });

  it('stays quick on hostile text', () => {
    for (const text of ['a '.repeat(2000), 'please '.repeat(28), 'i want to '.repeat(19), 'можно '.repeat(33), 'ขอ'.repeat(100)]) expect(asksForPerson(text)).toBe(false);
  });
});

describe('a phrase', () => {
  it('is found whole, in any case and across punctuation', () => {
    expect(holdsPhrase('I want my REFUND, now!', 'refund now')).toBe(true);
    expect(holdsPhrase('Refunds are slow', 'refund')).toBe(false);
    expect(holdsPhrase('Что с возвратом?', 'Возвратом')).toBe(true);
    expect(holdsPhrase('我想申请退款。', '退款')).toBe(true);
    expect(holdsPhrase('anything', ' ! ')).toBe(false);
  });
});
