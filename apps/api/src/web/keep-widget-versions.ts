import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Deployments that a page may stay open across. */
const versionsKept = 8;

/**
 * Keeps the widget's files of this build beside those of earlier ones, so that a page which was opened before a deployment finds the parts
 * that it has not loaded yet. Returns the folder of a version: of this build, else as kept; null where it is not known.
 */
export async function keepWidgetVersions(built: string, dataDir: string): Promise<(version: string) => string | null> {
  const kept = join(dataDir, 'widget-versions');
  const present = join(built, 'widget');
  for (const version of existsSync(present) ? await readdir(present) : [])
    await keep(join(present, version), join(kept, version));
  if (existsSync(kept)) await forgetOldest(kept);
  return (version) => [join(present, version), join(kept, version)].find((folder) => existsSync(folder)) ?? null;
}

/** The version of this build; undefined where nothing is built. */
export async function presentVersion(built: string): Promise<string | undefined> {
  const present = join(built, 'widget');
  return existsSync(present) ? (await readdir(present))[0] : undefined;
}

/** Several processes may start at once: each copies beside, and the first one's copy stays. */
async function keep(from: string, to: string): Promise<void> {
  if (!existsSync(to)) {
    const copy = `${to}.${process.pid}`;
    await mkdir(copy, { recursive: true });
    await cp(from, copy, { recursive: true });
    await rename(copy, to).catch(() => rm(copy, { recursive: true, force: true }));
  }
  const now = new Date();
  await utimes(to, now, now).catch(() => undefined);
}

async function forgetOldest(kept: string): Promise<void> {
  const folders = await Promise.all(
    (await readdir(kept)).map(async (name) => ({ name, at: (await stat(join(kept, name))).mtimeMs })),
  );
  for (const { name } of folders.toSorted((a, b) => b.at - a.at).slice(versionsKept))
    await rm(join(kept, name), { recursive: true, force: true });
}
