/**
 * Why a new password is refused, in words for its owner, or null. Length is the contract's business and kinds of characters
 * don't count; refused is what a guesser tries first (NIST SP 800-63B-4, 3.1.1.2): common passwords, and words of the
 * context with decoration. `context` holds e-mail address, name and workspace.
 */
export function judgePassword(password: string, context: string[]): string | null {
  const plain = fold(password);
  if (new Set(plain).size < 5) return 'this repeats a few characters; use more different ones';
  if (isSequence(plain)) return 'this is a row of neighbouring keys or letters, which is guessed first';
  const core = undecorated(plain);
  if (commonCores.has(core) || commonPasswords.has(plain)) return 'this is one of the most common passwords';
  const words = ['docent', ...context.flatMap(contextWords)];
  if (withoutWords(core, words).length < 4)
    return 'this is made of your name, address or the product’s name; choose something unrelated';
  return null;
}

/** What remains of most common passwords once digits and punctuation around and look-alike letters are taken off. */
const commonCores = new Set(
  (
    'password passwordpassword passwort contrasena motdepasse parola senha wachtwoord letmein letmeinplease welcome welcomeback iloveyou iloveyouforever ' +
    'changeme changemeplease trustno administrator admin adminadmin superman batman dragon monkey football baseball basketball sunshine princess ' +
    'whatever starwars computer internet secret secretpassword mypassword mysecret mysecretpassword thisismypassword passwordispassword nopassword ' +
    'defaultpassword temppassword temporary temporarypassword testpassword testtesttest testing guest guestguest master login loginlogin hello helloworld ' +
    'abcabcabcabc correcthorsebatterystaple'
  ).split(' '),
);
const commonPasswords = new Set([
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'q1w2e3r4t5y6',
  'zaq12wsxcde3',
  '1qazxsw23edc',
  'qazwsxedcrfv',
  'qweasdzxc123',
  'abcd1234abcd',
  'a1b2c3d4e5f6',
]);

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
];

const longestRow = 26;

/** One row, forwards or backwards, whole or in pieces of four and more, such as `abcdefgh1234`. */
function isSequence(password: string): boolean {
  const sequences = [...rows, ...rows.map((row) => [...row].reverse().join(''))];
  for (let start = 0; start < password.length;) {
    let length = Math.min(password.length - start, longestRow);
    while (length >= 4 && !sequences.some((row) => row.includes(password.slice(start, start + length)))) length--;
    if (length < 4) return false;
    start += length;
  }
  return true;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const lookAlikes: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Decoration off both ends first, then look-alike letters back to letters, then whatever isn't one. */
function undecorated(password: string): string {
  const bare = password.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
  return [...bare]
    .map((character) => lookAlikes[character] ?? character)
    .join('')
    .replace(/[^\p{L}]/gu, '');
}

function contextWords(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3);
}

function withoutWords(core: string, words: string[]): string {
  return [...words].sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ''), core);
}
