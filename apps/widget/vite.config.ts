import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';
import { slimPreact } from './slim-preact';
import { languages } from './src/languages/index';
import { english, type Strings } from './src/strings';

const folder = import.meta.dirname;
const outDir = join(folder, '../../dist/widget');
/** Languages travel as lists in the order of the English texts, whose names are mangled in the panel. */
const keys = Object.keys(english) as (keyof Strings)[];
const lists = Object.entries(languages).map(([code, strings]) => ({
  code,
  list: JSON.stringify(keys.map((key) => strings[key])),
}));
const version = createHash('sha256').update(JSON.stringify(lists)).digest('hex').slice(0, 8);
/** Preact's private names and those of ours that neither travel nor are stored. */
const ownNames =
  /^(_[a-z]\w*|[a-z]+Text|showPassage|hidePassage|startAnew|heard|base|onAccent|accent|ink|client|state|entries|strings|passage)$/;
/** Newer than the scripts' target only to keep fallbacks for `light-dark()` out, which is not used. */
const cssTarget = ['chrome125', 'safari17.5', 'firefox121'];
const target = ['chrome117', 'safari17', 'firefox119'];

/**
 * Two builds in one: first the panel, whose name carries the hash of its content, then the loader, which is told that name.
 * The languages are written beside the panel as tiny modules; one version covers them all.
 */
export default defineConfig({
  root: folder,
  publicDir: 'demo',
  define: { STRINGS_VERSION: JSON.stringify(version) },
  resolve: { alias: { 'preact/jsx-runtime': join(folder, 'src/jsx-runtime.ts') } },
  plugins: [slimPreact(), languageFiles(), loaderAfterPanel()],
  build: {
    outDir,
    emptyOutDir: true,
    target,
    cssTarget,
    modulePreload: false,
    lib: { entry: join(folder, 'src/panel.tsx'), formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: 'widget/panel-[hash].js',
        minify: { compress: true, mangle: true, codegen: true, mangleProps: { include: ownNames } },
        comments: false,
      },
    },
  },
});

function languageFiles(): Plugin {
  return {
    name: 'language-files',
    generateBundle() {
      for (const { code, list } of lists)
        this.emitFile({ type: 'asset', fileName: `widget/${code}-${version}.js`, source: `export default ${list}` });
    },
  };
}

function loaderAfterPanel(): Plugin {
  return {
    name: 'loader-after-panel',
    async writeBundle(_options, bundle) {
      const panel = Object.values(bundle).find((output) => output.type === 'chunk' && output.isEntry)!;
      await build(loaderConfig(panel.fileName.replace('widget/', '')));
    },
  };
}

function loaderConfig(panelFile: string): InlineConfig {
  return {
    root: folder,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { PANEL_FILE: JSON.stringify(panelFile) },
    build: {
      outDir,
      emptyOutDir: false,
      target,
      modulePreload: false,
      lib: { entry: join(folder, 'src/loader.ts'), formats: ['iife'], name: 'docent' },
      rolldownOptions: { output: { entryFileNames: 'widget.js', minify: true, comments: false } },
    },
  };
}
