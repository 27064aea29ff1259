import { textsIn } from './protocol';
import type { Script } from './script';
import { vectorOf } from './scripted-embeddings';

export interface ScriptedAnswer {
  status: number;
  body: unknown;
  retryAfterSeconds?: number;
}

/** Models that the scripted Ollama server has pulled, each with the start of its digest. `pull` puts another version in its place. */
export class ScriptedOllama {
  private readonly models = new Map([
    ['scripted:latest', 'a1'],
    ['fixed-64:latest', 'b2'],
  ]);

  pull(name: string, digest: string): void {
    this.models.set(name, digest);
  }

  /** `GET /api/tags` */
  list(): unknown {
    return {
      models: [...this.models].map(([name, digest]) => ({
        name,
        model: name,
        digest: digest.padEnd(64, '0'),
        size: 1,
        details: { family: 'bert' },
      })),
    };
  }

  /** `POST /api/embed`, with the refusals in Ollama's own words. */
  embed(body: Record<string, unknown>, script: Script): ScriptedAnswer {
    if (script.kind === 'status') {
      const { status, retryAfterSeconds } = script;
      return {
        status,
        retryAfterSeconds,
        body: { error: script.message ?? 'server busy, please try again.  maximum pending requests exceeded' },
      };
    }
    const model = String(body['model']).toLowerCase();
    if (!this.models.has(model.includes(':') ? model : `${model}:latest`))
      return { status: 404, body: { error: `model '${model}' not found` } };
    const dimensions = typeof body['dimensions'] === 'number' ? Math.min(64, body['dimensions']) : 64;
    const embeddings = textsIn(body['input']).map((text) => vectorOf(text, dimensions));
    return { status: 200, body: { model, embeddings, total_duration: 1, load_duration: 1, prompt_eval_count: 1 } };
  }
}
