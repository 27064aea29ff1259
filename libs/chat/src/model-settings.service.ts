import { Inject, Injectable } from '@nestjs/common';
import type { ModelSettings, UpdateModelSettings } from '@docent/contracts';
import { AppError, CONFIG, InstallationKey, Sealer, TenantDb, type Config, type TenantContext } from '@docent/platform';
import { LanguageModel, ModelError, type ModelConnection } from '@docent/ports';

/** The row as plain SQL returns it. */
export interface StoredModelSettings extends Record<string, unknown> {
  provider: string;
  model: string;
  base_url: string;
  sealed_api_key: string | null;
}

const keyPurpose = 'model api key';

/** Which model answers: the workspace's own, otherwise the installation's. Keys go in and never come out. */
@Injectable()
export class ModelSettingsService {
  private readonly sealer: Sealer;

  constructor(
    private readonly db: TenantDb,
    private readonly models: LanguageModel,
    @Inject(CONFIG) private readonly config: Config,
    key: InstallationKey,
  ) {
    this.sealer = new Sealer(key);
  }

  /** Null: no model; answers come from the sources' own sentences. */
  connection(ctx: TenantContext, stored: StoredModelSettings | null): ModelConnection | null {
    if (!stored) return this.installation();
    if (stored.provider === 'none') return null;
    const apiKey = stored.sealed_api_key ? this.sealer.open(ctx, keyPurpose, stored.sealed_api_key) : '';
    return { provider: stored.provider as ModelConnection['provider'], model: stored.model, baseUrl: stored.base_url, apiKey, trustedAddress: false };
  }

  /** The model that answers at this moment; null: none. */
  async present(ctx: TenantContext): Promise<ModelConnection | null> {
    const [stored] = await this.db.readSql<StoredModelSettings>(ctx, 'SELECT provider, model, base_url, sealed_api_key FROM model_settings WHERE tenant_id = $1', [ctx.tenantId]);
    return this.connection(ctx, stored ?? null);
  }

  async get(ctx: TenantContext): Promise<ModelSettings> {
    const row = await this.read(ctx);
    if (row) return { from: 'workspace', provider: row.provider as ModelSettings['provider'], model: row.model, baseUrl: row.base_url, hasApiKey: row.sealed_api_key !== null };
    const { provider, name, apiKey } = this.config.model;
    // The installation's address may be inside the operator's network: it is not shown to tenants.
    return { from: 'installation', provider, model: name, baseUrl: '', hasApiKey: apiKey !== '' };
  }

  async update(ctx: TenantContext, given: UpdateModelSettings): Promise<ModelSettings> {
    requireModelName(given);
    const { provider, model, baseUrl, apiKey } = given;
    const newKey = apiKey === undefined ? undefined : this.seal(ctx, apiKey);
    await this.db.run(ctx, async (db) => {
      const present = await db.modelSettings.findUnique({ where: { tenantId: ctx.tenantId } });
      // A stored key stays with the address that it was stored for: otherwise whoever may change the address could have it sent anywhere.
      const kept = present?.provider === provider && present.baseUrl === baseUrl ? present.sealedApiKey : null;
      const settings = { provider, model, baseUrl, sealedApiKey: newKey === undefined ? kept : newKey };
      await db.modelSettings.upsert({ where: { tenantId: ctx.tenantId }, create: { tenantId: ctx.tenantId, ...settings }, update: settings });
    });
    return this.get(ctx);
  }

  async reset(ctx: TenantContext): Promise<ModelSettings> {
    await this.db.run(ctx, (db) => db.modelSettings.deleteMany({ where: { tenantId: ctx.tenantId } }));
    return this.get(ctx);
  }

  /** Asks for one word. What goes wrong is told in the owner's words and never holds the key. */
  async test(ctx: TenantContext, given: UpdateModelSettings): Promise<{ ok: boolean; message: string; firstTokenMs: number | null }> {
    requireModelName(given);
    if (given.provider === 'none') return { ok: true, message: 'Without a model, answers are quoted from your sources.', firstTokenMs: null };
    const stored = await this.read(ctx);
    // The stored key goes only to the address it was stored for: otherwise a test could send it anywhere.
    const isSameAddress = stored?.provider === given.provider && stored.base_url === given.baseUrl;
    const connection = this.connection(ctx, {
      provider: given.provider,
      model: given.model,
      base_url: given.baseUrl,
      sealed_api_key: given.apiKey === undefined ? (isSameAddress ? stored.sealed_api_key : null) : this.seal(ctx, given.apiKey),
    });
    return this.askForOneWord(connection!);
  }

  private async askForOneWord(connection: ModelConnection) {
    const startedAt = performance.now();
    let firstTokenMs: number | null = null;
    try {
      const messages = [{ role: 'user' as const, content: 'Reply with the single word: ready' }];
      const limits = { maxOutputTokens: 20, firstTokenTimeoutMs: 20_000, idleTimeoutMs: 10_000, signal: AbortSignal.timeout(40_000) };
      for await (const piece of this.models.stream(connection, { messages, ...limits })) {
        if (piece.type === 'text') firstTokenMs ??= Math.round(performance.now() - startedAt);
      }
      return { ok: true, message: 'The model answers.', firstTokenMs };
    } catch (error) {
      const message = error instanceof ModelError ? error.message : 'The model did not answer in time.';
      return { ok: false, message, firstTokenMs };
    }
  }

  private installation(): ModelConnection | null {
    const { provider, name, baseUrl, apiKey } = this.config.model;
    return provider === 'none' ? null : { provider, model: name, baseUrl, apiKey, trustedAddress: true };
  }

  private seal(ctx: TenantContext, apiKey: string): string | null {
    return apiKey === '' ? null : this.sealer.seal(ctx, keyPurpose, apiKey);
  }

  private async read(ctx: TenantContext): Promise<StoredModelSettings | null> {
    const [row] = await this.db.runSql(ctx, (sql) => sql.query<StoredModelSettings>('SELECT provider, model, base_url, sealed_api_key FROM model_settings WHERE tenant_id = $1', [ctx.tenantId]));
    return row ?? null;
  }
}

function requireModelName({ provider, model }: UpdateModelSettings): void {
  if (provider !== 'none' && model.trim() === '') throw new AppError('invalid_request', { fields: [{ in: 'body', field: 'model', problem: 'must not be empty' }] });
}
