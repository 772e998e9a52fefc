// Takes the pictures of the READMEs from the packed extension in a real workbench: docs/images/*.png.
//   node tests/e2e/pictures.mjs        (npm run pictures)
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { obstacle, pack, root } from './setup.mjs';
import { openWorkbench, pause } from './workbench.mjs';

const images = path.join(root, 'docs/images');
const DRAFT = '讲话-全市经济工作会议.policy.txt';
const LARGEST = 200_000;
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
  payload: (remote, workspace) => [['openFile', remote(path.join(workspace, DRAFT))]],
  settings: {
    'breadcrumbs.enabled': true,
    'editor.fontFamily': "'Noto Sans CJK SC'",
    'editor.fontSize': 15,
    'editor.lineHeight': 24,
    'editor.lineNumbersMinChars': 3,
    'editor.minimap.enabled': false,
    'window.commandCenter': false,
    'workbench.activityBar.location': 'hidden',
    'workbench.colorTheme': 'Default Light Modern',
    'workbench.layoutControl.enabled': false,
  },
});
try {
  await page.locator('.squiggly-warning').first().waitFor({ timeout: 60_000 });
  await command('Problems: Focus on Problems View');
  await page.locator('.markers-panel .monaco-list-row').nth(3).waitFor();
  await command('Explorer: Focus on Outline View');
  await page.locator('.outline-tree .monaco-list-row').nth(3).waitFor();
  await closeFolders();
  await command('View: Focus Active Editor Group');
  await page.keyboard.press('Control+Home');
  await take('outline-problems.png');
} finally {
  await close();
  fs.rmSync(scratch, { recursive: true, force: true });
}

/** Runs a command by its English title. */
async function command(title) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Folds the list of files away, so that the outline has the side bar to itself. */
async function closeFolders() {
  await page.locator('.pane-header[aria-label*="drafts"]').click();
}

async function take(name) {
  // Hovers and scroll bars go, the caret comes to rest.
  await page.mouse.move(viewport.width / 2, viewport.height / 2);
  await pause(2500);
  fs.mkdirSync(images, { recursive: true });
  const file = path.join(images, name);
  const picture = PNG.sync.read(await page.screenshot());
  // Steps of eight between the shades are nothing to the eye and half of the file.
  for (let at = 0; at < picture.data.length; at++)
    picture.data[at] = Math.min(255, Math.round(picture.data[at] / 8) * 8);
  const bytes = PNG.sync.write(picture, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
  if (bytes.length > LARGEST) throw new Error(`${name} would be larger than ${LARGEST / 1000} kB`);
  fs.writeFileSync(file, bytes);
  console.log(`${path.relative(root, file)}: ${Math.round(bytes.length / 1000)} kB`);
}
