// Generates docs/rules/*.md and the schema of .policytext.json from the rules, the settings in package.json and docs/settings.md from
// the table of settings, and the language model tools in package.json from the table of tools.
//   node scripts/docs.mjs [--check]     --check writes nothing and fails if something is stale
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const FOLDER = 'docs/rules';
const check = process.argv.includes('--check');

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-text-docs-'));
const outfile = path.join(scratch, 'rules.mjs');
await esbuild.build({
  stdin: {
    contents:
      "export { rules } from './server/src/rules/index'; export * from './server/src/rules/ruleDocument'; export * from './server/src/rules/configurationShape'; export * from './server/src/lsp/settingsDocument'; export { languageModelTools, OFFERED_WHERE } from './server/src/agents/manifest';",
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile,
  logLevel: 'error',
});
const {
  configurationSchema,
  contributedConfiguration,
  languageModelTools,
  OFFERED_WHERE,
  restrictedSettings,
  rules,
  ruleDocument,
  ruleIndex,
  ruleSettingsSchema,
  settingsPage,
} = await import(pathToFileURL(outfile).href);
fs.rmSync(scratch, { recursive: true });

/** @type {Map<string, string>} */
const files = new Map([[path.join(FOLDER, 'README.md'), ruleIndex(rules)]]);
for (const rule of rules) files.set(path.join(FOLDER, `${rule.id}.md`), ruleDocument(rule));

files.set('schemas/policytext.schema.json', `${JSON.stringify(configurationSchema(rules), null, 2)}\n`);

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8'));
const { capabilities, contributes } = manifest;
contributes.configuration = contributedConfiguration(ruleSettingsSchema(rules));
capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedSettings();
contributes.languageModelTools = languageModelTools();
contributes.chatSkills = contributes.chatSkills.map((skill) => ({ ...skill, when: OFFERED_WHERE }));
files.set('package.json', `${JSON.stringify(manifest, null, 2)}\n`);

const texts = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
files.set('docs/settings.md', settingsPage(texts('package.nls.zh-cn.json'), texts('package.nls.json')));

const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
const stale = [...files].filter(([file, content]) => read(file) !== content).map(([file]) => file);
fs.mkdirSync(FOLDER, { recursive: true });
fs.mkdirSync('schemas', { recursive: true });
const left = fs
  .readdirSync(FOLDER)
  .map((name) => path.join(FOLDER, name))
  .filter((file) => !files.has(file));
if (check) {
  for (const file of [...stale, ...left]) console.error(`stale: ${file}`);
  process.exitCode = stale.length + left.length > 0 ? 1 : 0;
} else {
  for (const file of stale) fs.writeFileSync(file, files.get(file));
  for (const file of left) fs.rmSync(file);
  console.log(`${rules.length} rules, ${stale.length} files written, ${left.length} removed`);
}
