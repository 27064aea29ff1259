import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';
import { languages } from './src/languages/index';
import { english, englishMore } from './src/strings';

const folder = import.meta.dirname;
const outDir = join(folder, '../../dist/widget');
const nextDir = join(outDir, 'widget/next');
const cssTarget = ['chrome125', 'safari18', 'firefox128'];
const target = ['chrome122', 'safari18', 'firefox128'];

/** The widget is written for Preact and built with the few lines that it needs of it. */
const preact = join(folder, 'src/render.ts');
const resolve = { alias: { 'preact/jsx-runtime': preact, preact } };
/** Names of ours that neither travel nor are stored (so not `state`, which a hand-over has too); the panel and its parts, minified one by one, both use them. */
const sharedNames = {
  client: 'C',
  entries: 'E',
  strings: 'T',
  openPage: 'P',
  closePage: 'Q',
  startAnew: 'N',
  base: 'B',
  onPresence: 'W',
  saved: 'S',
  offline: 'O',
  renew: 'R',
  retry: 'Y',
  drawn: 'D',
  icon: 'I',
  pressed: 'X',
  call: 'L',
  write: 'J',
  api: 'A',
  draw: 'Z',
  use: 'U',
  entry: 'V',
  begin: 'G',
};
const shared = Object.keys(sharedNames).join('|');
/** `own`: names that one file alone uses. */
const minify = (own: string) => ({
  compress: true,
  mangle: true,
  codegen: true,
  mangleProps: { include: new RegExp(`^(${own}${shared})$`), cache: sharedNames },
});

/**
 * The panel first, then its parts, each a module that is loaded when it is used, and the languages as lists. All of them lie
 * in one folder that carries the hash of what is in it; the loader, built last, is told its name.
 */
export default defineConfig({
  root: folder,
  publicDir: 'demo',
  resolve,
  plugins: [shorterSources(), everythingElse()],
  build: {
    outDir,
    emptyOutDir: true,
    target,
    cssTarget,

    modulePreload: false,
    lib: { entry: join(folder, 'src/panel.tsx'), formats: ['es'] },
    rolldownOptions: { output: { entryFileNames: 'widget/next/panel.js', minify: minify('_[a-z]\\w*|heard|'), comments: false } },
  },
});

/**
 * Texts travel as lists in the order of the English ones: their names become places in the list. Private names of classes, which
 * nobody outside can reach anyway, become names that the minifier shortens.
 */
function shorterSources(): Plugin {
  const numbersOf = { strings: Object.keys(english), more: Object.keys(englishMore) };
  const place = (_all: string, list: 'strings' | 'more', optional = '', name: string) =>
    `${list}${optional && '?.'}[${numbersOf[list].indexOf(name)}]`;
  return {
    name: 'shorter-sources',
    enforce: 'pre',
    transform: (code, id) => {
      if (!id.startsWith(join(folder, 'src'))) return;
      const shorter = code.replace(/\b(strings|more)(\?)?\.(\w+Text)\b/g, place);
      return /^export class/m.test(code) ? shorter.replace(/#(?=[a-z])/g, '_') : shorter;
    },
  };
}

function everythingElse(): Plugin {
  return {
    name: 'everything-else',
    // What is built beside the panel is watched with it, for development.
    buildStart() {
      const files = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
      for (const file of files) this.addWatchFile(join(folder, 'src', file));
    },
    async writeBundle() {
      writeLanguages();
      for (const file of readdirSync(join(folder, 'src/parts')).filter((name) => /\.tsx?$/.test(name)))
        await build(partConfig(file));
      const version = hashOf(nextDir);
      // The same files as before, where a file was only saved again.
      rmSync(join(outDir, 'widget', version), { recursive: true, force: true });
      renameSync(nextDir, join(outDir, 'widget', version));
      await build(loaderConfig(version));
    },
  };
}

function writeLanguages() {
  mkdirSync(nextDir, { recursive: true });
  const write = (file: string, texts: object) =>
    writeFileSync(join(nextDir, file), `export default ${JSON.stringify(Object.values(texts))}`);
  for (const [code, [strings, more]] of Object.entries(languages)) {
    write(`${code}.js`, inOrder(english, strings));
    write(`${code}-more.js`, inOrder(englishMore, more));
  }
}

const inOrder = <T extends object>(model: T, texts: T) => (Object.keys(model) as (keyof T)[]).map((key) => texts[key]);

function partConfig(file: string): InlineConfig {
  return {
    ...common,
    resolve,
    plugins: [shorterSources()],
    build: {
      ...common.build,

      lib: { entry: join(folder, 'src/parts', file), formats: ['es'] },
      rolldownOptions: {
        output: { entryFileNames: `widget/next/${file.replace(/\.tsx?$/, '.js')}`, minify: minify(''), comments: false },
      },
    },
  };
}

function loaderConfig(version: string): InlineConfig {
  return {
    ...common,
    define: { WIDGET_VERSION: JSON.stringify(version) },
    build: {
      ...common.build,
      lib: { entry: join(folder, 'src/loader.ts'), formats: ['iife'], name: 'docent' },
      rolldownOptions: { output: { entryFileNames: 'widget.js', minify: true, comments: false } },
    },
  };
}

const common = {
  root: folder,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: { outDir, emptyOutDir: false, target, modulePreload: false },
} satisfies InlineConfig;

function hashOf(path: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(path).sort()) hash.update(file).update(readFileSync(join(path, file)));
  return hash.digest('hex').slice(0, 8);
}
