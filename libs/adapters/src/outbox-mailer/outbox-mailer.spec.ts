import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mailerTests } from '@docent/ports/testing';
import { OutboxMailer } from './outbox-mailer';

async function openStage() {
  const root = await mkdtemp(join(tmpdir(), 'docent-outbox-'));
  const folder = join(root, 'outbox');
  const names = async () => (await readdir(folder).catch((): string[] => [])).sort();
  return {
    folder,
    names,
    mailer: new OutboxMailer({ folder, from: 'docent@localhost' }),
    sent: async () => Promise.all((await names()).map((name) => readFile(join(folder, name), 'utf8'))),
    close: () => rm(root, { recursive: true }),
  };
}

mailerTests('outbox', openStage);

it('writes files that only their owner can read, named in the order of sending, with nothing half written left behind', async () => {
  const stage = await openStage();
  for (const subject of ['one', 'two', 'three']) await stage.mailer.send({ to: 'ada@example.com', subject, text: 'Hello' });
  await Promise.all(
    Array.from({ length: 20 }, () => stage.mailer.send({ to: 'ada@example.com', subject: 'four', text: 'Hello' })),
  );
  const names = await stage.names();
  expect(names).toHaveLength(23);
  expect(names.every((name) => name.endsWith('.eml'))).toBe(true);
  for (const name of names) expect((await stat(join(stage.folder, name))).mode & 0o777).toBe(0o600);
  expect((await stage.sent()).slice(0, 3).map((mail) => /^Subject: (.*)\r$/m.exec(mail)?.[1])).toEqual(['one', 'two', 'three']);
  await stage.close();
});
