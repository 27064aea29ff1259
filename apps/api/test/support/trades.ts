/** Eight trades, each with a word that nobody else has: what it goes with is written in the passages alone. */
const trades: Record<string, string> = {
  zorblat: 'boiler pressure valve steam gauge',
  plindo: 'violin bow string rosin bridge',
  quimfer: 'harbour anchor deck cargo mast',
  vexnor: 'orchard apple cider ladder harvest',
  sarkwit: 'bread flour oven yeast dough',
  umbrik: 'saddle horse stable rein gallop',
  trimoko: 'camera lens shutter tripod film',
  feldrun: 'roof tile gutter chimney slate',
};

export const tradeNames = Object.keys(trades);

/** A text of nine passages about one of the trades. */
export function tradeText(name: string): string {
  const words = trades[name]!.split(' ');
  const sections = Array.from({ length: 9 }, (_, number) => {
    const [first, second, third] = [0, 1, 3].map((step) => words[(number * 3 + step) % words.length]!);
    return `## The ${name} with its ${first} and ${second}, part ${number}\n\n${`A ${name} is checked with the ${first} before anything else is done. After that the ${second} is set again by hand, and the ${third} rests for a day. Whoever does it writes the ${first} down in the book of the house. `.repeat(3)}`;
  });
  return `# Work on the ${name}\n\n${sections.join('\n\n')}\n`;
}
