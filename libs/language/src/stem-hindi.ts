/** Endings from long to short: a lightweight stemmer for Hindi (Ramanathan and Rao 2003). */
const endings = [
  'ाएंगी ाएंगे ाऊंगी ाऊंगा ाइयाँ ाइयों ाइयां',
  'ाएगी ाएगा ाओगी ाओगे एंगी एंगे ऊंगी ऊंगा ातीं नाओं नाएं ताओं ताएं ियाँ ियों ियां',
  'ाकर ाइए ाईं ाया ेगी ेगा ोगी ोगे ाने ाना ाते ाती ाता तीं ाओं ाएं ुओं ुएं ुआं',
  'कर ाओ िए ाई ाए ने नी ना ते ीं ती ता ाँ ां ों ें',
  'ो े ू ु ी ि ा',
].map((group) => group.split(' '));

/** Takes the longest known ending off, where at least two characters stay. */
export function stemHindi(word: string): string {
  const plain = word.replace(/[\u093c\u200c\u200d]/g, '').replaceAll('ँ', 'ं');
  for (const group of endings) {
    const ending = group.find((candidate) => plain.endsWith(candidate) && plain.length - candidate.length >= 2);
    if (ending) return plain.slice(0, -ending.length);
  }
  return plain;
}
