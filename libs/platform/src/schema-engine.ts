import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

/** The part of the platform's WebAssembly that is used here; TypeScript ships it with the browser's types only. */
declare const WebAssembly: {
  instantiate(source: Uint8Array, imports: Record<string, unknown>): Promise<{ instance: { exports: Record<string, () => void> } }>;
};

interface EngineModule {
  SchemaEngine: { new: (options: { datamodels: undefined }, log: (line: string) => void, adapter: object) => Promise<SchemaEngine> };
  __wbg_set_wasm(exports: Record<string, unknown>): void;
}

let loaded: Promise<EngineModule> | null = null;

/**
 * Prisma's schema engine as WebAssembly, connected to a database, so that migrations need no downloaded binary. `prepare`: what is sent in the
 * place of a script.
 */
export async function loadSchemaEngine(connectionString: string, prepare = (script: string) => script): Promise<SchemaEngine> {
  const engine = await (loaded ??= loadModule());
  return engine.SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(new WholeScripts(connectionString, prepare)));
}

/** Once in a process: its glue code knows one instance, and a second one would take the first one's callbacks away. */
async function loadModule(): Promise<EngineModule> {
  const background = '@prisma/schema-engine-wasm/schema_engine_bg';
  const wasmFile = createRequire(import.meta.url).resolve(background).replace(/\.js$/, '.wasm');
  const engine = (await import(background)) as EngineModule;
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  return engine;
}

/** The adapter cuts scripts at every semicolon, also those inside functions and comments; PostgreSQL itself reads them right. */
class WholeScripts extends PrismaPg {
  constructor(
    connectionString: string,
    private readonly prepare: (script: string) => string,
  ) {
    super({ connectionString });
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(this.prepare(script));
    };
    return adapter;
  }
}
