/**
 * Ways to ask for a person, over text without punctuation in lower case. Each needs the wish of the speaker (or an order to the bot),
 * speaking, and a person of this house: a person elsewhere ("at the tax office") is excluded by what follows.
 */
export const personPhrases: RegExp[] = [...english(), ...german(), ...spanish(), ...french(), ...russian(), ...arabic(), ...hindi(), ...chinese(), ...japanese(), ...thai()];

function english(): RegExp[] {
  const person =
    '(?:(?:a|an|the|your|some|any|one of your) )?(?:(?:real|live|actual|human|living|customer|service|support|sales|another) )*(?:human(?: being)?s?|persons?|people|agents?|operators?|representatives?|reps?|advisors?|advisers?|staff(?: members?)?|someone|somebody|anyone|employees?|supervisor|manager|team|customer (?:service|support|care)|support)';
  const here = '(?! (?:who|whose|with|that)\\b(?! (?:can|could|knows|will|is able|speaks))| (?:at|in|from|of|on|inside) (?!your\\b|(?:the |a |an |our )?(?:\\w+ )?(?:team|support|sales|service|staff|company|department|chat|phone|person)\\b))';
  const wish =
    '(?:^(?:(?:please|hi|hello|hey|ok|okay|no|yes|sorry|bot|so|just|now|well|thanks|and|but) )*|\\b(?:please|let me|let us|lemme|wanna|gotta|(?<!\\b(?:do|did|will|would|why|when|don t|do not|not) )(?:i|we)(?: (?:just|really|only|still|also|actually|now))* (?:want to|need to|wish to|prefer to|would like to|d like to|d prefer to|would prefer to|d rather|would rather|have to|must|want)|i m going to need to|(?:can|could|may|might) (?:i|we)|how (?:do|can|could|would) (?:i|we)|(?:possible|able|way) to)(?: (?:please|just|actually|maybe|now|directly|get to))* )';
  return [
    new RegExp(`${wish}(?:talk|speak|chat) (?:directly )?(?:to|with) ${person}\\b${here}`, 'u'),
    new RegExp(`\\b(?:connect|transfer|forward|hand|pass|put) (?:me|us)(?: (?:over|through))? (?:to|with) ${person}\\b${here}`, 'u'),
    new RegExp(`\\b(?:get|give|find|bring) me ${person}(?:$| (?:please|now|here|to (?:talk|speak|help)))`, 'u'),
    new RegExp(`(?<!\\b(?:do|did|don t|do not|not) )\\bi(?: (?:just|really))? (?:want|need|d like|would like|prefer|demand) (?!people|staff|team|support|the |your )${person}(?:$| (?:please|now|here|to (?:talk|speak|help me|take over)))`, 'u'),
    /^(?:(?:a|an) )?(?:(?:real|live|human) )*(?:human|person|agent|operator|representative|customer (?:service|support|care))(?: (?:please|now|pls))*$/u,
  ];
}

function german(): RegExp[] {
  const person = '(?:(?:einem|einer|einen|eine|ihrem|ihrer|ihren|dem|der|den|nem) )?(?:(?:echten|echte|richtigen|richtige|menschlichen|realen|lebenden) )*(?:menschen|mensch|mitarbeiter(?:in)?|mitarbeitern|person|berater(?:in)?|agenten|ansprechpartner(?:in)?|kundenberater(?:in)?|kundendienst|kundenservice|support|jemandem|jemanden|jemand)';
  const house = '(?: (?:aus fleisch und blut|(?:vom|aus dem|aus ihrem|von ihrem) (?:support|team|kundendienst|kundenservice|service)|von ihnen|persönlich|direkt))?';
  return [
    new RegExp(`(?:\\b(?:ich|wir) (?:möchten?|will|wollen|würden?|muss|müssen|kann)|\\b(?:kann|könnte|darf|dürfte) (?:ich|man)|\\b(?:möchte|will)|^)(?: (?:ich|bitte|gerne?|lieber|jetzt|mal|auch|doch|sofort|direkt|hier))*(?:^| )mit ${person}${house} (?:sprechen|reden|chatten|schreiben|telefonieren|verbunden werden)\\b`, 'u'),
    new RegExp(`\\b(?:verbinde[nt]?|stellen?)(?: sie)? mich(?: bitte| mal| jetzt)* (?:mit|zu) ${person}(?:$| (?:bitte|durch|weiter|verbinden|vom|aus ihrem))`, 'u'),
    new RegExp(`^(?:ich (?:möchte|will|brauche) )?(?:bitte )?(?:einen|eine) (?:(?:echten|echte|richtigen|menschlichen) )?(?:menschen|mitarbeiter(?:in)?|person|berater(?:in)?)(?: (?:bitte|sprechen|jetzt))*$`, 'u'),
    /^(?:mensch|mitarbeiter(?:in)?|kundendienst|kundenservice|kundenberater)(?: bitte| sprechen| jetzt)*$/u,
  ];
}

function spanish(): RegExp[] {
  const person = '(?:(?:una?|el|la|su|con) )?(?:(?:verdadero|verdadera) )?(?:persona|humano|ser humano|alguien|agente|operador|operadora|representante|asesor|asesora|empleado|empleada|encargado|servicio al cliente|atención al cliente|soporte)(?: (?:real|humano|humana|de verdad|de carne y hueso))?';
  const here = '(?! (?:que|con|en|del?|de la) (?!(?:su|tu|soporte|atención|servicio|verdad|este|equipo|pueda|sepa|vivo)\\b))';
  return [
    new RegExp(`(?:(?<!\\bno )\\b(?:quiero|quisiera|querría|necesito|deseo|prefiero|me gustaría|puedo|podría|podemos|déjame|déjeme|cómo puedo|es posible)|^)(?: por favor)?(?:^| )(?:hablar|chatear|conversar|comunicarme) con ${person}\\b${here}`, 'u'),
    new RegExp(`\\b(?:pásame|páseme|comunícame|comuníqueme|conéctame|conécteme|transfiéreme|transfiérame|póngame|ponme)(?: por favor)? (?:con|a) ${person}\\b${here}`, 'u'),
    /^(?:(?:quiero|necesito) )?(?:una? )?(?:persona|humano|agente|operador|operadora|asesor|asesora|representante)(?: (?:real|humano|humana|por favor))*$/u,
  ];
}

function french(): RegExp[] {
  const person = '(?:(?:une?|le|la|votre|vos|l) )?(?:(?:vraie?|véritable) )?(?:personne|humain|être humain|quelqu un|agent|opérateur|opératrice|conseillère?|conseiller|représentante?|employée?|service client|support)(?: (?:réelle?|humaine?|physique|en chair et en os|de chez vous))?';
  const here = '(?! (?:qui|à|aux?|du|de|des|dans|en) (?!(?:votre|vos|peut|pourrait|sait|support|service|l équipe|chez|direct)\\b))';
  return [
    new RegExp(`(?:(?<!\\bne )\\b(?:je (?:veux|voudrais|souhaite|souhaiterais|préfère|préférerais|dois|peux)|j aimerais|puis je|pourrais je|est ce que je peux|est ce que je pourrais|laissez moi|possible de|on peut|comment)|^)(?: (?:bien|plutôt|directement))*(?:^| )(?:parler|discuter|échanger|chatter|tchatter)(?: directement)? (?:à|avec|au) ${person}(?!\\p{L})${here}`, 'u'),
    new RegExp(`\\b(?:passez|mettez|transférez|connectez|passe|mets) moi(?: en (?:relation|contact))? (?:à |avec |au )?${person}(?!\\p{L})${here}`, 'u'),
    /^(?:je veux )?(?:une? )?(?:humain|personne réelle|vraie personne|agent|conseiller|conseillère|opérateur|opératrice|service client)(?: (?:humain|svp|s il vous plaît|s il te plaît))*$/u,
  ];
}

function russian(): RegExp[] {
  const person = '(?:(?:живым|живого|реальным|реального|настоящим|настоящего|вашим|вашего|каким нибудь) )?(?:человеком|человека|оператором|оператора|сотрудником|сотрудника|менеджером|менеджера|специалистом|специалиста|консультантом|консультанта|кем нибудь|кем то|поддержкой|поддержку)';
  const here = '(?! (?:в|во|из|от|на|с|у|который|которая|налогов\\p{L}*) (?!(?:вашей|поддержк\\p{L}*|чат\\p{L}*|может|сможет|компании|линии)(?!\\p{L})))(?! налогов)';
  return [
    new RegExp(`(?:(?<![\\p{L}])(?<!не )(?:хочу|хотел бы|хотела бы|хотелось бы|можно(?: ли)?|могу(?: ли)?(?: я)?|мне (?:нужно|надо)|нужно|надо|дайте|как(?: мне)?(?: можно)?|прошу)|^)(?: (?:я|мне|просто|пожалуйста|лично))*(?:^| )(?:поговорить|пообщаться|говорить|связаться|переговорить) с(?:о)? ${person}(?!\\p{L})${here}`, 'u'),
    new RegExp(`(?<!\\p{L})(?:соедините|соедини|переключите|переключи|переведите|свяжите|свяжи)(?: меня)?(?: пожалуйста)? (?:со?|на) ${person}(?!\\p{L})${here}`, 'u'),
    /(?<!\p{L})(?:позовите|позови|дайте|нужен|хочу) (?:живого |живой |мне )?(?:человека|оператора|оператор|человек|менеджера|сотрудника|консультанта)(?: пожалуйста)?$/u,
    /^(?:живой |живого )?(?:оператор|оператора|человек|человека|менеджер|консультант)(?: пожалуйста)?$/u,
  ];
}

function arabic(): RegExp[] {
  const wish = '(?:(?<!لا )(?:أريد|اريد|أود|اود|ارغب|أرغب|أحتاج|احتاج|ممكن|ابغى|أبغى|عايز|عاوز|بدي|هل يمكنني|هل يمكن|هل أستطيع|هل استطيع|كيف يمكنني|من فضلك))';
  const person = '(?:(?:أحد|احد) )?(?:شخص|إنسان|انسان|موظف|موظفة|الموظفين|ممثل|وكيل|مسؤول|موظفي|خدمة العملاء|الدعم|الدعم الفني|بشر)(?: (?:حقيقي|بشري|آخر|خدمة العملاء|الدعم))?';
  return [
    new RegExp(`${wish}(?: (?:أن|ان|في|من فضلك))* ?(?:التحدث|أتحدث|اتحدث|الحديث|الكلام|أتكلم|اتكلم|التكلم|أكلم|اكلم|التواصل|أتواصل)(?: (?:مع|إلى|الى))? ${person}(?:$| (?:من فضلك|لو سمحت|الآن|رجاء|رجاءً|هنا|عندكم|لديكم))`, 'u'),
    new RegExp(`(?:حولني|حوّلني|حولوني|وصلني|اوصلني|أوصلني) (?:من فضلك )?(?:إلى|الى|على|ب|مع) ?${person}(?:$| (?:من فضلك|لو سمحت|الآن))`, 'u'),
    /^(?:أريد |اريد )?(?:موظف|إنسان|انسان|شخص|ممثل)(?: خدمة العملاء| حقيقي| بشري| من فضلك| لو سمحت)*$/u,
  ];
}

function hindi(): RegExp[] {
  const person = '(?:(?:असली|जीवित|वास्तविक) )?(?:इंसान|इन्सान|व्यक्ति|एजेंट|प्रतिनिधि|ऑपरेटर|कर्मचारी|आदमी|मनुष्य|कस्टमर केयर|ग्राहक सेवा|सपोर्ट)';
  return [
    new RegExp(`(?:^|(?:मुझे|मैं|हमें|क्या मैं|कृपया|मेरी) )(?:(?:किसी|एक|आपके|अभी) )*${person} से (?:बात|चैट|संपर्क|बातचीत) (?:करना|करनी|करवा|करवाइए|कराइए|कराएं|करा|कर सकता|कर सकती|करने)`, 'u'),
    new RegExp(`${person} से (?:मेरी )?(?:बात|संपर्क) (?:करवा|करा|कराइए|करवाइए|करवाएं|कराएं)`, 'u'),
    new RegExp(`(?:मुझे )(?:किसी )?${person} से (?:जोड़ें|जोड़िए|कनेक्ट)`, 'u'),
    /^(?:इंसान|एजेंट|ऑपरेटर|कस्टमर केयर|प्रतिनिधि)(?: चाहिए| प्लीज़| कृपया)?$/u,
  ];
}

function chinese(): RegExp[] {
  return [
    /(?:转接?|切换到?|接入|呼叫|帮我找|给我找?)(?:一[个位])?(?:人工|真人)/u,
    /(?:我(?:要|想|想要|需要|希望|可以|能)|可以|能不能|请让?我|让我)(?:直接)?(?:和|跟|与|同|找|联系|见)?(?:一[个位]|你们的?)*(?:人工|真人|真实的人|活人)(?:客服|服务|坐席|人员)?(?:$| |吗|吧|聊|说|谈|对话|沟通|交流|交谈|通话|谢谢|来|帮)/u,
    /^(?:我|请|你好)*(?:要|想|想要|需要)?(?:找|联系|转)?(?:人工|真人|人工客服|真人客服|人工服务|客服人员|客服)(?:吧|谢谢|服务|在吗|呢)*$/u,
    /我(?:要|想|想要)(?:和|跟|与|找|联系)(?:一[个位]|你们的?)*客服(?:人员)?(?:$| |聊|说|谈|对话|沟通|吧|谢谢)/u,
  ];
}

function japanese(): RegExp[] {
  const person = '(?:オペレーター|オペレータ|担当者|担当の方|人間|スタッフ|係の人|係員|有人(?:チャット|対応|オペレーター)?|本物の人|生身の人|誰か人)';
  return [
    new RegExp(`${person}(?:の方)? ?(?:と|に) ?(?:直接)? ?(?:お?話(?:したい|しした|せます|せる|がしたい|をしたい|させて|しさせて|しすること|できます|しできます)|チャットしたい|相談したい)`, 'u'),
    new RegExp(`${person}(?:の方)? ?(?:に|へ) ?(?:つない|つなげ|繋い|繋げ|おつなぎ|お繋ぎ|代わって|かわって|変わって|切り替え|転送して)`, 'u'),
    new RegExp(`^${person} ?(?:を|で)? ?(?:お願い(?:します|いたします)?|呼んで(?:ください)?|希望(?:です|します)?)?$`, 'u'),
  ];
}

function thai(): RegExp[] {
  const person = '(?:คนจริง|คน|เจ้าหน้าที่|พนักงาน|แอดมิน|มนุษย์|โอเปอเรเตอร์|ฝ่ายบริการลูกค้า|ฝ่ายสนับสนุน)';
  const end = '(?:จริง)?(?:ๆ)?(?: |จริง|ได้|หน่อย|ครับ|ค่ะ|คะ|ตอนนี้|เลย|แทน|$)';
  return [
    new RegExp(`(?<!ไม่)(?:ขอ|อยาก|อยากจะ|ต้องการ|ช่วยให้)(?:ฉัน|ผม)?(?:คุย|พูด|พูดคุย|สนทนา|แชท|ติดต่อ)(?:กับ)?${person}${end}`, 'u'),
    new RegExp(`(?:คุย|พูด|สนทนา|แชท)กับ${person}(?:จริง)?(?:ๆ)? ?ได้(?:ไหม|มั้ย|หรือไม่|ปะ)`, 'u'),
    new RegExp(`(?:โอนสาย|โอน|ต่อสาย|เรียก)(?:ไป|ให้)?(?:หา|ถึง|ที่)?${person}${end}`, 'u'),
    new RegExp(`^ขอ${person}(?:ครับ|ค่ะ|คะ|หน่อย)*$`, 'u'),
  ];
}
