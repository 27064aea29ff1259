import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Which way the arrows point: exactly this and nothing else (README, "The map of the house"). */
const arrows = [
  { sourceTag: 'layer:contract', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'layer:port', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'layer:language', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'layer:embedder', onlyDependOnLibsWithTags: ['layer:language'] },
  { sourceTag: 'layer:platform', onlyDependOnLibsWithTags: ['layer:contract'] },
  { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: ['layer:port', 'layer:platform', 'layer:language', 'layer:embedder', 'layer:test-peer'] },
  { sourceTag: 'layer:feature:billing', onlyDependOnLibsWithTags: ['layer:platform', 'layer:port', 'layer:contract'] },
  { sourceTag: 'layer:feature:auth', onlyDependOnLibsWithTags: ['layer:feature:billing', 'layer:platform', 'layer:port', 'layer:contract'] },
  { sourceTag: 'layer:feature:knowledge', onlyDependOnLibsWithTags: ['layer:feature:billing', 'layer:platform', 'layer:port', 'layer:language', 'layer:contract'] },
  { sourceTag: 'layer:feature:chat', onlyDependOnLibsWithTags: ['layer:feature:knowledge', 'layer:feature:billing', 'layer:platform', 'layer:port', 'layer:language', 'layer:contract', 'layer:test-peer'] },
  { sourceTag: 'layer:feature:inbox', onlyDependOnLibsWithTags: ['layer:feature:chat', 'layer:feature:knowledge', 'layer:feature:billing', 'layer:platform', 'layer:port', 'layer:language', 'layer:contract'] },
  { sourceTag: 'layer:feature:visitors', onlyDependOnLibsWithTags: ['layer:feature:chat', 'layer:feature:knowledge', 'layer:feature:auth', 'layer:feature:billing', 'layer:platform', 'layer:port', 'layer:language', 'layer:contract'] },
  { sourceTag: 'layer:test-peer', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:contract', 'layer:port', 'layer:platform', 'layer:adapter', 'layer:language', 'layer:embedder', 'layer:feature:*', 'layer:test-peer'] },
  { sourceTag: 'runs:browser', onlyDependOnLibsWithTags: ['layer:contract'] },
];

const notAnotherWayOut = ['http', 'https', 'node:http', 'node:https', 'undici', 'axios'].map((name) => ({ name, message: 'Use the Egress port: it is the only way out of the product.' }));
const notAnotherWayToTables = ['pg', '@prisma/client', '@prisma/adapter-pg', 'graphile-worker'].map((name) => ({ name, message: 'Use db.run(ctx, …): it is the only way to a table, and it names the tenant.' }));

const rawHtml = 'Render text as nodes: raw HTML is how visitors attack admins (docs/security.md).';

export default tseslint.config(
  { ignores: ['dist/**', '**/dist/**', '.nx/**', '.data/**', '.test/**', 'libs/platform/src/gen/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    plugins: { '@nx': nx },
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', fetch: 'readonly' } },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints: arrows }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-eval': 'error',
      'no-restricted-properties': ['error', { property: 'innerHTML', message: rawHtml }, { property: 'outerHTML', message: rawHtml }, { property: 'insertAdjacentHTML', message: rawHtml }],
      'no-restricted-syntax': ['error', { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: rawHtml }],
    },
  },
  {
    // The product's own measuring tools are built together with it; they are no lib that anybody else may use.
    files: ['apps/api/src/eval.ts', 'apps/api/src/bench.ts', 'apps/api/src/cluster.ts', 'apps/api/src/bench/**/*.ts', 'apps/api/test/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: ['^(\\.\\./)+tools/.*'], depConstraints: arrows }] },
  },
  {
    // The console's scripted server is started where its pages are looked at.
    files: ['apps/e2e/src/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: ['^(\\.\\./)+console/test/scripted-server$'], depConstraints: arrows }] },
  },
  {
    // Test peers speak other people's protocols to our tests; what ships never talks to them.
    files: ['libs/*/src/**/*.ts', 'apps/*/src/**/*.{ts,tsx}'],
    ignores: ['**/*.spec.ts', '**/*.test.ts', 'apps/api/src/bench*', 'apps/api/src/bench/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [{ name: '@docent/scripted-model', message: 'Only tests may use this.' }] }] },
  },
  {
    // One egress client for the whole product: nothing else on the server may open a connection outwards.
    files: ['libs/{auth,billing,chat,inbox,knowledge,platform,visitors}/src/**/*.ts', 'apps/api/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Use the Egress port: it is the only way out of the product.' }],
      'no-restricted-imports': ['error', { paths: notAnotherWayOut }],
    },
  },
  {
    // A feature sees the database of one tenant at a time: what opens connections stands in the platform.
    files: ['libs/{auth,billing,chat,inbox,knowledge,visitors}/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [...notAnotherWayOut, ...notAnotherWayToTables] }] },
  },
  { files: ['apps/console/**/*.{ts,tsx}'], plugins: { 'react-hooks': reactHooks }, rules: reactHooks.configs.recommended.rules },
);
