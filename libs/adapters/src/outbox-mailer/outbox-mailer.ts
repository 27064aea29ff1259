import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mail, Mailer } from '@docent/ports';
import { writeMail } from './write-mail';

export interface OutboxOptions {
  folder: string;
  /** Sender's address. */
  from: string;
}

/** Keeps each mail as an `.eml` file that only this user can read: whole or not at all, oldest first by name. */
export class OutboxMailer extends Mailer {
  override readonly delivers = false;
  private count = 0;

  constructor(private readonly options: OutboxOptions) {
    super();
  }

  override async send(mail: Mail): Promise<void> {
    const at = new Date();
    const id = randomUUID();
    this.count += 1;
    const number = this.count;
    const content = writeMail(mail, { from: this.options.from, at, id });
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
    // Several may be sent within one millisecond.
    const name = `${at.toISOString().replace(/[:.]/g, '-')}-${String(number).padStart(6, '0')}-${id}`;
    const unfinished = join(this.options.folder, `.${name}`);
    await writeFile(unfinished, content, { mode: 0o600, flag: 'wx' });
    await rename(unfinished, join(this.options.folder, `${name}.eml`));
  }
}
