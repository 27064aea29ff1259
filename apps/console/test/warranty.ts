import type { Citation } from '@docent/contracts';

const minuteMs = 60_000;
export const ago = (minutes: number) => new Date(Date.now() - minutes * minuteMs).toISOString();

export const warrantyText = `Warranty and returns

Every Acme product comes with a warranty of two years from the date of delivery. The warranty covers defects in material and workmanship. It does not cover wear parts such as filters and batteries.

To make a claim, write to support@acme.example with the order number and a photo of the defect. We answer within two working days and send a replacement or a repair label.

Unused products can be returned within 30 days. The return is free in the European Union; from other countries the sender pays the postage.`;

/** The span of the warranty text that contains `words`. */
export function cite(n: number, sourceId: string, words: string): Citation {
  const start = warrantyText.indexOf(words);
  return {
    n,
    sourceId,
    title: 'Warranty and returns.pdf',
    page: 1,
    start,
    end: start + words.length,
    quote: words,
    snapshotHash: 'a'.repeat(64),
  };
}

export const sentences = [
  'Every Acme product comes with a warranty of two years from the date of delivery.',
  'It does not cover wear parts such as filters and batteries.',
] as const;
