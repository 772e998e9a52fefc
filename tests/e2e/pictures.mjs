// Takes the screenshots for the READMEs with the packed extension in a real workbench: docs/images/*.png.
//   node tests/e2e/pictures.mjs [--only NAME]… [--language zh-cn] [--theme "Default Dark Modern"] [--into FOLDER]
// `npm run pictures` takes them in both languages.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { obstacle, pack, root } from './setup.mjs';
import { openWorkbench, pause } from './workbench.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    theme: { type: 'string', default: 'Default Light Modern' },
    language: { type: 'string', default: 'en' },
    into: { type: 'string' },
  },
});
const into = values.into ?? path.join(root, 'docs/images', values.language === 'en' ? '' : values.language);
const NOTICE = '通知-开展防汛备汛专项检查.policy.txt';
const SPEECH = '讲话-全市经济工作会议.policy.txt';
const MAX_BYTES = 200_000;
const viewport = { width: 1200, height: 720 };

const why = obstacle();
if (why) {
  console.error(`No pictures can be taken here: ${why}.`);
  process.exit(1);
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-pictures-'));
const vsix = path.join(scratch, 'policy-text.vsix');
pack(vsix);

const { page, close } = await openWorkbench({
  drafts: [path.join(root, 'corpus/samples')],
  vsix,
  viewport,
  beforeLoad: (opened) =>
    opened.addInitScript((language) => {
      globalThis._VSCODE_NLS_LANGUAGE = language;
    }, values.language),
  payload: (remote, workspace) => [['openFile', remote(path.join(workspace, SPEECH))]],
  settings: {
    'breadcrumbs.enabled': true,
    'editor.fontFamily': "'Noto Sans CJK SC'",
    'editor.fontSize': 15,
    'editor.lineHeight': 24,
    'editor.lineNumbersMinChars': 3,
    'editor.minimap.enabled': false,
    'window.commandCenter': false,
    'workbench.activityBar.location': 'hidden',
    'workbench.colorTheme': values.theme,
    'workbench.layoutControl.enabled': false,
  },
});

/** Texts of the extension as the workbench shows them. */
const nls = JSON.parse(
  fs.readFileSync(
    path.join(root, values.language === 'en' ? 'package.nls.json' : `package.nls.${values.language}.json`),
    'utf8',
  ),
);

/** Each leaves the workbench in the state that the next one needs: the speech in the editor, nothing open over it. */
const pictures = {
  /** The outline beside the text, with findings in the text and listed below. */
  'outline-problems': async () => {
    await command('Problems: Focus on Problems View');
    await page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
    await command('Explorer: Focus on Outline View');
    await page.locator('.outline-tree .monaco-list-row').nth(3).waitFor();
    await closeFolders();
    await focusText();
    await page.keyboard.press('Control+Home');
    await take('outline-problems');
    await command('View: Hide Panel');
  },
  /** The list of fixes at a broken number. */
  fix: async () => {
    await goTo('18:2');
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row').first().waitFor();
    await take('fix', below('.action-widget'));
    await page.keyboard.press('Escape');
  },
  /** The list at the caret after a few characters, and information on its first item. */
  completion: async () => {
    await goTo('7:9999');
    await page.keyboard.insertText('实践证明，要深刻领悟“两个确立”的决定性意义，坚决做到“两个');
    await page.locator('.suggest-widget .monaco-list-row').nth(2).waitFor();
    // No item is selected until the writer moves to it.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-details').waitFor();
    await take('completion', below('.suggest-widget', '.suggest-details'));
    // VS Code remembers that they are open.
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
  },
  /** The gaps of the drafts beside the one that is about to be filled. */
  placeholders: async () => {
    await command(`Focus on ${nls['view.placeholders']} View`);
    const rows = page.locator('.pane-body [role=treeitem]').filter({ visible: true });
    await rows.nth(3).waitFor();
    await goTo('28:10');
    await page.keyboard.press('Control+Alt+f');
    await page.locator('.quick-input-widget').waitFor();
    await take('placeholders');
    await page.keyboard.press('Escape');
  },
  /** The pages of an official document beside its draft. */
  preview: async () => {
    await openFile(NOTICE);
    await goTo('1:1');
    await page.keyboard.insertText('---\n紧急程度：特急\n发文机关：望海区人民政府办公室\n---\n');
    await command(`${nls['command.pagePreview']}`);
    const inside = page.frameLocator('iframe.webview').last().frameLocator('#active-frame');
    await inside.locator('.page text').nth(20).waitFor({ timeout: 30_000 });
    await command('View: Toggle Primary Side Bar Visibility');
    await goTo('11:40');
    await take('preview', undefined, { x: viewport.width - 4, y: viewport.height / 2 });
    await command('View: Toggle Primary Side Bar Visibility');
    await page.keyboard.press('Control+Home');
    await command('File: Revert File');
    await command('View: Close All Editors');
    await openFile(SPEECH);
  },
};

try {
  await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
  for (const [name, picture] of Object.entries(pictures)) if (values.only?.includes(name) ?? true) await picture();
} finally {
  await close();
  fs.rmSync(scratch, { recursive: true, force: true });
}

/** Opens a file of the workspace by its name, from the list of files. */
async function openFile(name) {
  // Another view may have taken the side bar.
  await command('View: Show Explorer');
  const header = page.locator('.pane-header[aria-label*="drafts"]');
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await header.click();
}

/** Runs a command by its English title. */
async function command(title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Collapses the list of files, so that the outline has the side bar to itself. */
async function closeFolders() {
  const header = page.locator('.pane-header[aria-label*="drafts"]');
  if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
}

async function focusText() {
  await command('View: Focus Active Editor Group');
}

/** Moves the caret to `place`, "line:column" from 1. */
async function goTo(place) {
  await focusText();
  await page.keyboard.press('Control+g');
  await page.locator('.quick-input-widget input').fill(`:${place}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/**
 * A part of the page around the editor, from above the caret's line down to the end of everything that opened there.
 */
function below(...selectors) {
  return async () => {
    const box = (selector) => page.locator(selector).first().boundingBox();
    const editor = await box('.editor-instance');
    const opened = await Promise.all(selectors.map(box));
    const y = Math.max(editor.y, Math.min(...opened.map((one) => one.y)) - 190);
    const end = Math.max(...opened.map((one) => one.y + one.height)) + 40;
    return { x: editor.x, y, width: viewport.width - editor.x, height: Math.min(viewport.height, end) - y };
  };
}

async function take(name, part, mouse = { x: viewport.width / 2 + 100, y: 12 }) {
  // Hovers and scroll bars disappear, the caret stops blinking.
  await page.mouse.move(mouse.x, mouse.y);
  await pause(2500);
  fs.mkdirSync(into, { recursive: true });
  const file = path.join(into, `${name}.png`);
  const clip = await part?.();
  const picture = PNG.sync.read(await page.screenshot(clip && { clip }));
  // Quantising to steps of eight is invisible and halves the file.
  for (let at = 0; at < picture.data.length; at++)
    picture.data[at] = Math.min(255, Math.round(picture.data[at] / 8) * 8);
  const bytes = PNG.sync.write(picture, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
  if (bytes.length > MAX_BYTES) throw new Error(`${name} would be larger than ${MAX_BYTES / 1000} kB`);
  fs.writeFileSync(file, bytes);
  console.log(`${path.relative(root, file)}: ${Math.round(bytes.length / 1000)} kB`);
}
