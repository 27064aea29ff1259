/** Words too common to tell one passage from another; they are also the profile by which a language is recognised. */
export const stopWords: Record<string, ReadonlySet<string>> = {
  en: words(`a about above after again all also am an and any are as at be because been before being below between both but by can could
    did do does doing down during each few for from further had has have having he her here hers herself him himself his how i if in into is
    it its itself just me more most my myself no nor not now of off on once only or other our ours out over own same shall she should so some
    such than that the their theirs them themselves then there these they this those through to too under until up us very was we were what
    when where which while who whom whose why will with would you your yours yourself t s don doesn didn isn aren wasn weren hasn haven hadn
    won wouldn couldn shouldn ll ve re m d im whats`),
  es: words(`a al algo algunas algunos ante antes como con contra cual cuales cuando de del desde donde durante e el ella ellas ellos en entre
    era eran eres es esa esas ese eso esos esta estaba estado estamos estan este esto estos estoy fue fueron ha haber habia hace han has hasta
    hay he la las le les lo los mas me mi mis mucho muy nada ni no nos nosotros nuestra nuestro o os otra otro otros para pero poco por porque
    que quien quienes se sea ser si sido sin sobre son soy su sus tal tambien tanto te tiene tienen todo todos tras tu tus un una unas uno unos
    usted ustedes vosotros y ya yo cuál cuáles cuándo dónde qué quién quiénes cómo cuánto cuántos cuánta cuántas más está están también él sí tú
    había porqué`),
  de: words(`aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da damit dann das dass daß dein
    deine dem den denn der des dessen deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er
    es etwas euer für gegen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede
    jedem jeden jeder jedes jene kann kein keine keinen können könnte machen man mein meine mich mir mit muss müssen nach nicht nichts noch nun
    nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so solche soll sollte sondern über um und uns unser unter viel vom
    von vor war waren warum was weil welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wurde wurden würde
    zu zum zur zwar zwischen worden wann wem wen wessen womit wodurch wofür woher wohin worin wieviel wieviele`),
  fr: words(`a à ai au aucun aussi autre aux avait avant avec avez avoir avons c car ce cela celle celui ces cet cette ceux chez comme comment d
    dans de des depuis donc dont du elle elles en encore entre est et étaient était été être eu eux fait faire il ils j je jusqu l la laquelle
    le lequel les lesquels leur leurs lors lui m ma mais me même mes moi mon n ne ni nos notre nous on ont ou où par parce pas pendant peu peut
    plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si soit son sont sous sur t ta te tes toi ton tous tout
    toute toutes très tu un une va vers voici vos votre vous y combien sera ça était`),
  pt: words(`a ao aos aquela aquele aqueles as até com como da das de dela dele deles depois do dos e é ela elas ele eles em entre era eram essa
    esse esta está estão este eu foi foram há isso isto já lhe mais mas me mesmo meu minha muito na não nas nem no nos nós nossa nosso num numa o
    os ou para pela pelas pelo pelos por porque qual quais quando que quem são se sem ser seu seus só sua suas também te tem têm um uma umas uns
    você vocês onde quanto quantos foi quê`),
  it: words(`a ad ai al alla alle allo anche avere c che chi ci come con contro cui da dal dalla dalle dallo degli dei del dell della delle dello
    di dove e è ed era erano essere fra gli ha hanno ho i il in io l la le lei li lo loro lui ma mi mia mio ne negli nei nel nell nella nelle nello
    no noi non nostro o per perché più quale quali quando quanto quanti quella quelle quelli quello questa queste questi questo se sei si sia siamo
    sono su sua sue sugli sui sul sulla sulle suo tra tu un una uno voi cosa viene stato stata`),
  nl: words(`aan al alle als ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen had heb hebben heeft hem het hier
    hij hoe hun iets ik in is ja je kan kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over
    reeds te tegen toch toen tot u uit uw van veel voor waar waarom wanneer waren was wat we wel welke werd wezen wie wij wil worden wordt zal ze
    zich zij zijn zo zonder zou hoeveel`),
  ru: words(`а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее её ей если есть еще ещё же за
    здесь и из или им их к как какая какие какой каким каких какое какую когда кого кому кто который которая которое которые которых которым которой
    которого ли либо между меня мне много может мой моя мы на над надо наш не него нее ней нет ни них но ну о об однако он она они оно от очень по
    под после потом потому почему при про с сам свое своего своей свои своих сейчас со сколько так также такой там тебя тем то того тоже той только
    том ты у уже хотя чего чей чем что чтобы чья эта эти это этого этой этом этот этих я`),
  ar: words(`في من على الي عن ان التي الذي الذين هذا هذه ذلك تلك هو هي هم هن نحن انا انت كان كانت كانوا يكون تكون ما ماذا متي اين كيف كم لماذا هل
    اي ايه مع بعد قبل عند عندما حتي اذا او ام لا لم لن ليس ليست قد كل بعض بين خلال منذ حول دون غير الا اما ثم لكن بل به بها له لها فيه فيها منه منها
    عليه عليها اليه اليها لهم و ف ب ل ك وهو وهي وكان وكانت ومن وفي وعلي بان لان كما مما مثل حيث وقد ولم ولا هناك هنا ايضا تم يتم الذى`),
  hi: words(`का के की को से में पर ने है हैं था थे थी हो होता होती होते हुआ हुई हुए और या एक यह ये वह वे इस इन उस उन इसके उसके इसकी उसकी इसका उसका इसे उसे
    जो जिस जिसे जिसके कि भी ही तो तक कर करने करना करते करता करती किया किए की गया गई गए जा जाता जाती जाते लिए साथ बाद क्या कौन कब कहाँ कहां कैसे क्यों
    कितने कितना कितनी किस किसने किसे कोई कुछ अपने अपना अपनी मैं हम तुम आप मुझे हमें नहीं न सकता सकते सकती द्वारा रहा रही रहे अब जब तब`),
};

/** The same for pairs of characters: parts of the words that questions are made of, and of endings. */
export const stopPairs: ReadonlySet<string> =
  words(`什么 么时 时候 为什 哪个 哪些 哪里 哪一 哪年 多少 怎么 么样 怎样 如何 何时 何种 是什 是谁 是哪 的是 了什 些什 有什 么是 几个 一个 的什 在哪 有哪 有多 是多 是如 是在 和什 被称 称为
  です ます でし まし した して ですか すか は何 何で 何を いつ どの どこ なぜ どう うや やっ って ような とは から まで こと もの れる れた いる いた ある った ました のか ので には では とい いう
  คือ อะไ ะไร ไร เมื ื่อ อใด ที่ ใคร อย่ ่าง ย่า างไ งไร หรื รือ อยู ยู่ เป็ ป็น ของ ว่า จะ ได้ ให้ และ ใน มี`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Whether a word of a few letters is a stop word of the language with one slip of the finger: "teh", "waht", "wher". */
export function isMisspeltStopWord(word: string, language: string | null): boolean {
  const list = language ? stopWords[language] : undefined;
  if (!list || word.length < shortestSlip || word.length > longestSlip) return false;
  return slipsOf(word).some((meant) => list.has(meant)) || [...list].some((meant) => lacksOneLetter(word, meant));
}

const shortestSlip = 3;
const longestSlip = 6;

/** The word with two neighbours swapped, or with a letter once that stands there twice. */
function slipsOf(word: string): string[] {
  const swapped = Array.from(
    { length: word.length - 1 },
    (_, at) => word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2),
  );
  const doubled = Array.from(word, (letter, at) => (letter === word[at + 1] ? word.slice(0, at) + word.slice(at + 1) : ''));
  return [...swapped, ...doubled];
}

function lacksOneLetter(word: string, whole: string): boolean {
  if (word.length <= shortestSlip || whole.length !== word.length + 1 || whole[0] !== word[0]) return false;
  let at = 0;
  while (at < word.length && word[at] === whole[at]) at++;
  return word.slice(at) === whole.slice(at + 1);
}
