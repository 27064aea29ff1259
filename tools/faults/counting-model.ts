import { startScriptedModel, type ScriptedModel } from '../scripted-model';
import { askedIn } from './scripted-knowledge';

/** The scripted model, which also counts how often it was asked each question. */
export class CountingModel {
  readonly calls = new Map<string, number>();
  total = 0;
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly model: ScriptedModel) {
    this.timer = setInterval(() => this.count(), 250);
  }

  static async start(wordDelayMs: number): Promise<CountingModel> {
    const model = await startScriptedModel();
    model.reply({ kind: 'helpful', delayMs: wordDelayMs });
    return new CountingModel(model);
  }

  get url(): string {
    return this.model.url;
  }

  /** Counts what was recorded since the last time, and lets go of it. */
  count(): ReadonlyMap<string, number> {
    for (const { body } of this.model.requests.splice(0)) {
      const { messages = [] } = (body ?? {}) as { messages?: { content: unknown }[] };
      const question = askedIn(JSON.stringify(messages.at(-1)?.content ?? ''));
      this.total++;
      // Summary and drafts for the person who takes over repeat questions and answer none.
      if (JSON.stringify(messages[0]?.content ?? '').includes('A colleague takes over ')) continue;
      if (question) this.calls.set(question, (this.calls.get(question) ?? 0) + 1);
    }
    return this.calls;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.model.close();
  }
}
