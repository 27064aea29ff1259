import { beforeAll, describe, expect, it } from 'vitest';
import { DirectProduct } from './direct-product';
import type { EvalSet } from './eval-set';

const texts: Record<string, string> = {
  'Signing in':
    'To reset a password, choose "Forgotten password" on the sign-in page. A link arrives by e-mail; it opens a form where you choose a new password.',
  Refunds: 'A refund is paid for a returned purchase within fourteen days, to the card or account that was used.',
  Shipping:
    'Packages are delivered within three working days. Each delivery has a number with which it can be tracked at the carrier.',
  Payment: 'You can pay an order by card, by bank transfer or by invoice. Payment is due when the order is confirmed.',
  Care: 'Oak tables like a little oil twice a year. Wipe spilled coffee at once, and never use a wet cloth on raw wood.',
};

function aSet(units: Record<string, string>): EvalSet {
  const list = Object.entries(units).map(([title, text]) => ({ id: title, title, text, lang: 'en' }));
  return { name: 'a set', form: 'passages', units: list, questions: [] };
}

describe('the answer without a model, with the embedder in the box', () => {
  const product = new DirectProduct();
  beforeAll(() => product.load(aSet(texts)));

  it.each([
    ['in the words of the passage', 'How do I reset my password?', 'Signing in'],
    ['with two typos', 'How do I reste my pasword?', 'Signing in'],
    ['in other words', 'How fast do you deliver packages?', 'Shipping'],
    ['in German', 'Wie kann ich mein Passwort zurücksetzen?', 'Signing in'],
    ['in Spanish', '¿Cómo puedo pagar un pedido con tarjeta?', 'Payment'],
  ])('is found %s', async (_how, question, source) => {
    const { answered, cited, answer } = await product.ask(question, []);
    expect(answered).toBe(true);
    expect(cited![0]!.id).toBe(source);
    expect(answer).toContain(cited![0]!.quote);
  });

  it.each(['Who won the world cup in 1998?', 'Wie wird das Wetter morgen in Wien?', '¿Quién ganó la liga en 2010?'])(
    'is refused: %s',
    async (question) => {
      expect(await product.ask(question, [])).toMatchObject({ answered: false, answer: '', cited: [] });
    },
  );
});

it('is sure of a heading that asks the same in another language', async () => {
  const product = new DirectProduct();
  const deleting = 'Open the page Knowledge, choose it and press the bin.';
  await product.load(aSet({ ...texts, 'How do I delete a document?': deleting }));
  const { answered, cited } = await product.ask('¿Cómo elimino un documento?', []);
  expect(answered).toBe(true);
  expect(cited![0]!.quote).toBe(deleting);
});

it('answers from a single passage', async () => {
  const product = new DirectProduct();
  await product.load(
    aSet({ Ferry: 'The ferry to the island leaves at nine every morning. A ticket for the ferry costs twelve euros.' }),
  );
  expect((await product.ask('When does the ferry leave?', [])).answer).toContain('at nine');
  expect((await product.ask('What does a ticket for the ferry cost?', [])).answer).toContain('twelve euros');
});
