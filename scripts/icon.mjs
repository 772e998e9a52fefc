// Renders docs/images/icon.png, which the Marketplace shows, from icon.svg. Needs a Chromium, as the end-to-end tests
// do.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser, root } from '../tests/e2e/setup.mjs';

const SIZE = 256;
const file = (name) => path.join(root, 'docs/images', name);

const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const svg = fs.readFileSync(file('icon.svg'), 'utf8');
  await page.setContent(
    `<style>* { margin: 0 } svg { display: block; width: ${SIZE}px; height: ${SIZE}px }</style>${svg}`,
  );
  await page.screenshot({ path: file('icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
