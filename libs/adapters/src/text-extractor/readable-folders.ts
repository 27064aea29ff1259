import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The permission flags for a process that reads nothing but its own code: its folder and the packages that are in its reach. */
export function readableFolders(entryPath: string): string[] {
  const packages = (createRequire(entryPath).resolve.paths('any-package') ?? []).filter((folder) => existsSync(folder));
  const manifests = ancestors(dirname(entryPath)).map((folder) => join(folder, 'package.json'));
  const folders = [dirname(entryPath), ...packages].flatMap((folder) => [folder, realpathSync(folder)]);
  return [...new Set([...folders.map((folder) => join(folder, '*')), ...manifests])].map((path) => `--allow-fs-read=${path}`);
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
