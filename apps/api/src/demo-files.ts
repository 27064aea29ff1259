import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The way into the demo workspace, as `demo.json` tells it. */
export interface DemoAccess {
  consoleUrl: string;
  demoUrl: string;
  email: string;
  password: string;
  botId: string;
  apiKey: string;
}

/** What the data folder holds of the demo workspace; only its owner may read it. */
export class DemoFiles {
  constructor(private readonly dataDir: string) {}

  /** The way in, or null: none was made, or the file is none of ours any more. */
  async read(): Promise<DemoAccess | null> {
    const text = await readFile(this.accessFile, 'utf8').catch(() => '');
    try {
      return JSON.parse(text) as DemoAccess;
    } catch {
      return null;
    }
  }

  async write(access: DemoAccess): Promise<void> {
    await this.replace(this.accessFile, `${JSON.stringify(access, null, 2)}\n`);
  }

  /** The password of a workspace that was begun; null where none was, or where it is done. */
  async begunWith(): Promise<string | null> {
    return readFile(this.begunFile, 'utf8').catch(() => null);
  }

  /** What an earlier database had is true of this one no more. */
  async begin(password: string): Promise<void> {
    await rm(this.accessFile, { force: true });
    await this.replace(this.begunFile, password);
  }

  async done(): Promise<void> {
    await rm(this.begunFile, { force: true });
  }

  /** In one step: whoever reads it sees all of it, also after a kill. */
  private async replace(file: string, text: string): Promise<void> {
    const draft = `${file}.new`;
    await rm(draft, { force: true });
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, file);
  }

  private get accessFile(): string {
    return join(this.dataDir, 'demo.json');
  }

  private get begunFile(): string {
    return join(this.dataDir, 'demo-begun');
  }
}
