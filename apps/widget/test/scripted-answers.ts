import type { Citation } from '@docent/contracts';

export interface ScriptedAnswer {
  pieces: string[];
  failure?: string;
  suggestions?: string[];
  /** Begins anew after the third piece. */
  restart?: boolean;
}

const source = { sourceId: '00000000-0000-4000-8000-0000000000a1', start: 0, end: 10, snapshotHash: 'a'.repeat(64) };

export const citations: Citation[] = [
  {
    ...source,
    n: 1,
    title: 'Shipping and returns',
    url: 'https://example.com/shipping',
    page: 3,
    quote: 'Parcels within the country arrive in two to three working days.',
  },
  {
    ...source,
    n: 2,
    title: 'Handbook for customers',
    quote: 'You may send anything back within 30 days, unused and in its packaging.',
  },
];

const long = `Parcels within the country arrive in **two to three working days**.[1] You may send anything back within 30 days.[2]

To return an item:

1. Open *Your orders* and choose the item.
2. Print the label; \`RETURN-30\` is filled in for you.
3. Hand the parcel to any [collection point](https://example.com/points).

Good to know:

- Refunds take up to five days.
- Gift cards cannot be returned.

\`\`\`
GET /orders/1042/return-label
\`\`\`

Is there anything else?`;

const arabic = 'تصل الطرود خلال **يومين إلى ثلاثة أيام عمل**.[1] يمكنك إرجاع أي شيء خلال 30 يومًا.[2]';

/** What the scripted bot says, chosen by a word in the question. */
export function answerTo(question: string): ScriptedAnswer {
  if (/fail/i.test(question))
    return {
      pieces: inPieces('Let me look that up'),
      failure: 'The language model did not answer. Try again; if it stays, check the model settings.',
    };
  if (/weather/i.test(question))
    return {
      pieces: inPieces('I could not find that in the documents. These topics are close:'),
      suggestions: ['Delivery times', 'Opening hours'],
    };
  if (/restart/i.test(question)) return { pieces: ['It takes ', 'nine ', 'weeks.[2]', ...inPieces(long)], restart: true };
  if (/doubt/i.test(question))
    return {
      pieces: inPieces(
        'Parcels arrive in **two to three working days**.[1] Every tenth parcel is free. [?] Is there anything else?',
      ),
    };
  if (/attack/i.test(question))
    return {
      pieces: inPieces('<img src=x onerror=alert(1)> ![x](https://evil.example/a.png) [go](javascript:alert(1)) **bold** [9]'),
    };
  if (/[\u0600-\u06ff]/.test(question)) return { pieces: inPieces(arabic) };
  return { pieces: inPieces(long) };
}

const inPieces = (text: string) => text.match(/[^]{1,9}/g)!;
