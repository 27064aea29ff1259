/** Words for numbers that documents write out, in the ten languages; forms of one number stand together. */
const written: [number, string][] = [
  [0, 'zero null cero zéro ноль нуль صفر शून्य 零 〇 ศูนย์'],
  [
    1,
    'one first once eins ein eine einen einem einer erste ersten erster uno una primero primera primer un une premier première один одна одно первый первая первого واحد واحدة أول एक पहला पहली หนึ่ง',
  ],
  [
    2,
    'two second twice both zwei zweite zweiten zweiter beide beiden dos segundo segunda ambos deux deuxième seconde два две двух второй вторая второго оба обе اثنان اثنين اثنتين ثاني الثاني दो दूसरा दूसरी สอง',
  ],
  [
    3,
    'three third drei dritte dritten dritter tres tercero tercera tercer trois troisième три трёх трех третий третья третьего ثلاث ثلاثة ثالث तीन तीसरा สาม',
  ],
  [
    4,
    'four fourth vier vierte vierten cuatro cuarto cuarta quatre quatrième четыре четырёх четырех четвёртый четвертый أربع أربعة رابع चार चौथा สี่',
  ],
  [5, 'five fifth fünf fünfte fünften cinco quinto quinta cinq cinquième пять пяти пятый خمس خمسة خامس पाँच पांच ห้า'],
  [6, 'six sixth sechs sechste sechsten seis sexto sexta sixième шесть шести шестой ست ستة سادس छह छः หก'],
  [7, 'seven seventh sieben siebte siebten siete séptimo séptima sept septième семь семи седьмой سبع سبعة سابع सात เจ็ด'],
  [8, 'eight eighth acht achte achten ocho octavo octava huit huitième восемь восьми восьмой ثمان ثماني ثمانية ثامن आठ แปด'],
  [9, 'nine ninth neun neunte neunten nueve noveno novena neuf neuvième девять девяти девятый تسع تسعة تاسع नौ เก้า'],
  [10, 'ten tenth zehn zehnte zehnten diez décimo décima dix dixième десять десяти десятый عشر عشرة عاشر दस สิบ'],
  [11, 'eleven eleventh elf elfte once onze onzième одиннадцать одиннадцати ग्यारह'],
  [12, 'twelve twelfth dozen zwölf zwölfte dutzend doce douze douzaine двенадцать двенадцати बारह'],
  [13, 'thirteen dreizehn trece treize тринадцать'],
  [14, 'fourteen vierzehn catorce quatorze четырнадцать четырнадцати'],
  [15, 'fifteen fünfzehn quince quinze пятнадцать पंद्रह'],
  [16, 'sixteen sechzehn dieciséis seize шестнадцать'],
  [17, 'seventeen siebzehn diecisiete семнадцать'],
  [18, 'eighteen achtzehn dieciocho восемнадцать'],
  [19, 'nineteen neunzehn diecinueve девятнадцать'],
  [20, 'twenty twentieth zwanzig zwanzigste veinte vingt двадцать двадцати عشرون عشرين बीस'],
  [24, 'vierundzwanzig veinticuatro चौबीस'],
  [25, 'fünfundzwanzig veinticinco'],
  [30, 'thirty thirtieth dreißig dreissig treinta trente тридцать тридцати ثلاثون ثلاثين तीस'],
  [40, 'forty vierzig cuarenta quarante сорок أربعون أربعين चालीस'],
  [50, 'fifty fünfzig cincuenta cinquante пятьдесят خمسون خمسين पचास'],
  [60, 'sixty sechzig sesenta soixante шестьдесят ستون ستين साठ'],
  [70, 'seventy siebzig setenta семьдесят سبعون سبعين सत्तर'],
  [80, 'eighty achtzig ochenta восемьдесят ثمانون ثمانين अस्सी'],
  [90, 'ninety neunzig noventa девяносто تسعون تسعين नब्बे'],
  [100, 'hundred hundert einhundert cien ciento cent сто مئة مائة सौ'],
  [1000, 'thousand tausend eintausend mil mille тысяча тысяч ألف हज़ार हजार'],
];

/** The number that a word in lower case stands for. `once` is eleven in Spanish and not worth telling apart: both are known. */
export const numberWords: ReadonlyMap<string, number[]> = readWords();

/** What a number is multiplied by where such a word or sign follows it. */
export const scales: readonly [RegExp, number][] = [
  [/^\s?(?:k\b|thousand|tausend|tsd|mil\b|mille|тыс|ألف|हज़ार|हजार|千)/iu, 1e3],
  [/^\s?(?:lakh|लाख)/iu, 1e5],
  [/^\s?(?:crore|करोड़)/iu, 1e7],
  [/^\s?万/u, 1e4],
  [/^\s?(?:m\b|million|mio|millón|millones|млн|миллион|مليون|मिलियन|ล้าน)/iu, 1e6],
  [/^\s?[億亿]/u, 1e8],
  [/^\s?(?:bn\b|billion|milliard|mrd|mil millones|млрд|миллиард|مليار)/iu, 1e9],
];

function readWords(): Map<string, number[]> {
  const known = new Map<string, number[]>();
  for (const [value, list] of written) for (const word of list.split(' ')) known.set(word, [...(known.get(word) ?? []), value]);
  return known;
}
