import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { DirectProduct } from './eval/direct-product';

/** The documentation is what the demo bot knows: asked without a model, it must answer from the right page, or decline. */
const product = new DirectProduct();

beforeAll(async () => {
  const folder = new URL('../docs/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md'));
  const units = await Promise.all(
    files.map(async (id) => {
      const text = await readFile(new URL(id, folder), 'utf8');
      return { id, doc: id, title: /^# (.+)$/m.exec(text)?.[1] ?? id, text, lang: 'en' };
    }),
  );
  await product.load({ name: 'docs', form: 'docs', units, questions: [] });
});

describe('the documentation as knowledge', () => {
  it.each([
    ['How do I install Docent?', 'getting-started.md', 'npm start'],
    ['How do I embed the widget?', 'widget.md', 'script tag'],
    ['Which file formats can I upload?', 'knowledge.md', 'PDF'],
    ['How big can a file be?', 'knowledge.md', '50 MB'],
    ['What does the error file_encrypted mean?', 'knowledge.md', 'password'],
    ['How do I delete a document?', 'knowledge.md', 'Knowledge page'],
    ['How many messages does the Free plan have?', 'plans-and-limits.md', '100 messages'],
    ['How do I get an API key?', 'api.md', 'API keys'],
    ['How do I resume a stream?', 'api.md', 'Last-Event-ID'],
    ['Which environment variable sets the database?', 'self-hosting.md', 'DATABASE_URL'],
    ['How are passwords stored?', 'security.md', 'argon2id'],
    ['What is a citation?', 'concepts.md', 'numbered link'],
    ['Can I integrate it with Slack?', 'index.md', 'no integration'],
    ['Why does the widget not work on my site?', 'widget.md', 'allowed domains'],
  ])('%s is answered from %s', async (question, page, words) => {
    const { answered, answer, results } = await product.ask(question, []);
    expect({ answered, page: results[0]?.id }).toEqual({ answered: true, page });
    expect(answer).toContain(words);
  });

  it.each([
    'What is the capital of France?',
    'How do I book a flight to Paris?',
    'What is the weather today?',
    'Which team won the match yesterday?',
  ])('declines what it does not say: %s', async (question) => {
    expect(await product.ask(question, [])).toMatchObject({ answered: false, answer: '' });
  });
});
