import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LanguageModel, type ModelConnection, ModelError, type ModelPiece, type ModelRequest } from '../language-model';

/** What the supplier's server behind the adapter is told to do. */
export type SupplierScript =
  | { kind: 'pieces'; pieces: string[]; delayMs?: number; firstDelayMs?: number; finish?: 'stop' | 'length' | 'filtered' }
  | { kind: 'stall'; pieces?: string[]; beforeHeaders?: boolean }
  | { kind: 'cut' | 'unfinished' | 'error_in_stream'; pieces: string[] }
  | { kind: 'status'; status: number; message?: string; retryAfterSeconds?: number }
  | { kind: 'garbage' | 'web_page' };

export interface LanguageModelStage {
  model: LanguageModel;
  connection: ModelConnection;
  /** The next requests follow these scripts in order; the last one stays. */
  reply(...scripts: SupplierScript[]): void;
  /** Requests that reached the supplier, and those of them whose caller went away early. */
  requestCount(): number;
  abortedCount(): number;
  /** All that the supplier was sent, headers too, as text. */
  sentText(): string;
  close(): Promise<void>;
}

const key = 'sk-canary-4f1c9a7be2d84410';

/** What every language model adapter promises. */
export function languageModelTests(name: string, openStage: () => Promise<LanguageModelStage>): void {
  describe(`language model: ${name}`, () => {
    let stage: LanguageModelStage;
    beforeEach(async () => void (stage = await openStage()));
    afterEach(() => stage.close());
    const ask = (changes: Partial<ModelRequest> = {}) =>
      collect(stage.model, { ...stage.connection, apiKey: key }, { ...aRequest(), ...changes });

    it('gives the text piece by piece, then one end with the token counts', async () => {
      stage.reply({ kind: 'pieces', pieces: ['Zwei ', 'Wörter', ' 日本'] });
      const { pieces, error } = await ask();
      expect(error).toBeNull();
      expect(textOf(pieces)).toBe('Zwei Wörter 日本');
      expect(pieces.at(-1)).toEqual({ type: 'end', reason: 'stop', inputTokens: 10, outputTokens: 3 });
      expect(pieces.filter((piece) => piece.type === 'end')).toHaveLength(1);
    });

    it('sends system, user and assistant messages with their text, and the key', async () => {
      stage.reply({ kind: 'pieces', pieces: ['ok'] });
      await ask({
        messages: [
          { role: 'system', content: 'RULES-1' },
          { role: 'user', content: 'ASK-1' },
          { role: 'assistant', content: 'SAID-1' },
          { role: 'user', content: 'ASK-2' },
        ],
      });
      for (const part of ['RULES-1', 'ASK-1', 'SAID-1', 'ASK-2', key]) expect(stage.sentText()).toContain(part);
    });

    it.each([
      ['length', 'length'],
      ['filtered', 'filtered'],
    ] as const)('says why it ended: %s', async (finish, reason) => {
      stage.reply({ kind: 'pieces', pieces: ['half'], finish });
      const { pieces } = await ask();
      expect(pieces.at(-1)).toMatchObject({ type: 'end', reason });
    });

    it.each(['cut', 'unfinished'] as const)(
      'calls a stream that stops without its end a cut, after its text (%s)',
      async (kind) => {
        stage.reply({ kind, pieces: ['Half an '] });
        const { pieces, error } = await ask();
        expect(textOf(pieces)).toBe('Half an ');
        expect(error).toMatchObject({ name: 'ModelError', code: 'cut' });
        expect(stage.requestCount()).toBe(1);
      },
    );

    it('reports an error inside the stream', async () => {
      stage.reply({ kind: 'error_in_stream', pieces: ['Half an '] });
      expect((await ask()).error).toMatchObject({ name: 'ModelError', code: 'server_error' });
    });

    it.each([
      [401, 'invalid_key'],
      [403, 'invalid_key'],
      [404, 'unknown_model'],
      [400, 'refused'],
      [413, 'refused'],
      [429, 'rate_limited'],
      [500, 'server_error'],
      [503, 'server_error'],
    ] as const)('names a status %i: %s', async (status, code) => {
      stage.reply({ kind: 'status', status, retryAfterSeconds: 60 });
      expect((await ask()).error).toMatchObject({ name: 'ModelError', code });
    });

    it('tries a passing failure once more, and only once', async () => {
      stage.reply({ kind: 'status', status: 429, retryAfterSeconds: 0 }, { kind: 'pieces', pieces: ['second time'] });
      expect(textOf((await ask()).pieces)).toBe('second time');
      stage.reply({ kind: 'status', status: 500 });
      expect((await ask()).error).toMatchObject({ code: 'server_error' });
      expect(stage.requestCount()).toBe(4);
    });

    it.each(['garbage', 'web_page'] as const)('refuses what is no model protocol: %s', async (kind) => {
      stage.reply({ kind });
      const { pieces, error } = await ask();
      expect(textOf(pieces)).toBe('');
      expect(error).toMatchObject({ name: 'ModelError', code: 'server_error' });
    });

    it.each([{ beforeHeaders: true }, { beforeHeaders: false }])(
      'gives up when no first piece comes (%o)',
      async ({ beforeHeaders }) => {
        stage.reply({ kind: 'stall', beforeHeaders });
        // Long enough for the request to reach the supplier, who is to notice its end.
        const { error } = await ask({ firstTokenTimeoutMs: 1_000 });
        expect(error).toMatchObject({ name: 'ModelError', code: 'timeout' });
        await expect.poll(() => stage.abortedCount()).toBe(1);
      },
    );

    it('gives up when the next piece does not come, and keeps the text so far', async () => {
      stage.reply({ kind: 'stall', pieces: ['Half an '] });
      const { pieces, error } = await ask({ idleTimeoutMs: 120 });
      expect(textOf(pieces)).toBe('Half an ');
      expect(error).toMatchObject({ name: 'ModelError', code: 'timeout' });
    });

    it.each([{ pieces: [] }, { pieces: ['Half an '] }])(
      'ends with the reason of the abort and lets go of the supplier (%o)',
      async ({ pieces }) => {
        stage.reply({ kind: 'stall', pieces });
        const abort = new AbortController();
        const reason = new Error('the visitor left');
        const asked = ask({ signal: abort.signal });
        await expect.poll(() => stage.requestCount()).toBe(1);
        abort.abort(reason);
        expect((await asked).error).toBe(reason);
        await expect.poll(() => stage.abortedCount()).toBe(1);
      },
    );

    it('lets go of the supplier when the reader stops reading', async () => {
      stage.reply({ kind: 'stall', pieces: ['one '] });
      for await (const piece of stage.model.stream({ ...stage.connection, apiKey: key }, aRequest()))
        if (piece.type === 'text') break;
      await expect.poll(() => stage.abortedCount()).toBe(1);
    });

    it('asks nothing when it is aborted from the start', async () => {
      const reason = new Error('never mind');
      expect((await ask({ signal: AbortSignal.abort(reason) })).error).toBe(reason);
      expect(stage.requestCount()).toBe(0);
    });

    it.each([401, 404, 429, 500])('never repeats the key, whatever the supplier says (%i)', async (status) => {
      stage.reply({
        kind: 'status',
        status,
        message: `Incorrect API key provided: ${key} (${key.slice(0, 9)}*****${key.slice(-8)})`,
        retryAfterSeconds: 60,
      });
      const { error } = await ask();
      expect(everythingIn(error)).not.toContain(key.slice(0, 9));
      expect(everythingIn(error)).not.toContain(key.slice(-8));
    });

    it('says unreachable where nobody listens', async () => {
      await stage.close();
      expect((await ask()).error).toMatchObject({ name: 'ModelError', code: 'unreachable' });
    });
  });
}

function aRequest(): ModelRequest {
  return {
    messages: [{ role: 'user', content: 'Hello?' }],
    maxOutputTokens: 100,
    firstTokenTimeoutMs: 20_000,
    idleTimeoutMs: 20_000,
    signal: new AbortController().signal,
  };
}

async function collect(
  model: LanguageModel,
  connection: ModelConnection,
  request: ModelRequest,
): Promise<{ pieces: ModelPiece[]; error: unknown }> {
  const pieces: ModelPiece[] = [];
  try {
    for await (const piece of model.stream(connection, request)) pieces.push(piece);
    return { pieces, error: null };
  } catch (error) {
    return { pieces, error };
  }
}

const textOf = (pieces: ModelPiece[]) => pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');

/** Message, stack, causes and every own property of an error, as a careless logger would write them. */
function everythingIn(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return JSON.stringify(error) ?? '';
  expect(depth > 0 || error instanceof ModelError).toBe(true);
  const properties = Object.getOwnPropertyNames(error).map((property) => String(Reflect.get(error, property)));
  return [...properties, everythingIn(error.cause, depth + 1)].join('\n');
}
