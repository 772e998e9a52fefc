// The suite runs beside the extension, inside VS Code, and uses its API. It cannot see the page, so it sends requests
// about it to this bridge: over HTTP, which both Node and a web worker support.
import fs from 'node:fs';
import http from 'node:http';
import { pause } from './workbench.mjs';

/** The editor mixes up input within one frame, which no hand is fast enough for. */
const FRAME = 60;
/** The key for VS Code's chords with Control. */
const CONTROL = process.platform === 'darwin' ? 'Meta' : 'Control';
/** The text of the active editor, whichever element this version of VS Code focuses. */
const EDITOR = ['textarea.inputarea', '.native-edit-context']
  .map((inside) => `.editor-group-container.active .monaco-editor ${inside}`)
  .join(', ');

/**
 * Listens for requests of the suite. `page` is a promise of the page, `process` returns the id of the process that the
 * extension runs below, if there is one; `nativeMenus` says that menus are the system's; `onResult` is called for each
 * test. Returns the address and `close`.
 */
export async function openBridge({ page, process: workbench, nativeMenus, onResult }) {
  let devTools;
  const send = async (method, params) => {
    devTools ??= await (await page).context().newCDPSession(await page);
    return devTools.send(method, params);
  };
  const processKey = (type, code) =>
    send('Input.dispatchKeyEvent', { type, code, key: 'Process', windowsVirtualKeyCode: 229 });
  const compose = (text) =>
    send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });

  const requests = {
    /** The texts of the elements of a selector that are visible. */
    texts: async ({ selector }) => (await page).locator(selector).filter({ visible: true }).allInnerTexts(),
    /** The content of elements of a selector in the webviews: a webview is a frame within a frame. */
    webviewTexts: async ({ selector }) => {
      const found = await Promise.all(
        (await webviews(await page)).map((frame) =>
          frame
            .locator(selector)
            .allTextContents()
            .catch(() => []),
        ),
      );
      return found.flat();
    },
    clickInWebview: async ({ selector, text }) => {
      for (const frame of await webviews(await page)) {
        const found = frame.locator(selector).filter({ hasText: text });
        if ((await found.count()) > 0) return found.first().click({ timeout: 10_000 });
      }
      throw new Error(`no ${selector} in a webview`);
    },
    click: async ({ selector, text }) => {
      const found = (await page).locator(selector).filter({ visible: true });
      await (text === undefined ? found : found.filter({ hasText: text })).first().click({ timeout: 10_000 });
    },
    /** Opens the context menu of an element; false if menus are the system's own, which are not on the page. */
    menu: async ({ selector, text }) => {
      if (nativeMenus) return false;
      const found = (await page).locator(selector).filter({ visible: true, hasText: text });
      await found.first().click({ button: 'right', timeout: 10_000 });
      return true;
    },
    hover: async ({ selector, text }) => {
      const found = (await page).locator(selector).filter({ visible: true, hasText: text });
      await found.first().hover({ timeout: 10_000 });
    },
    drag: async ({ selector, from, to }) => {
      const rows = (await page).locator(selector).filter({ visible: true });
      const one = (text) => rows.filter({ hasText: text }).first();
      await one(from).dragTo(one(to), { timeout: 10_000 });
    },
    press: async ({ key }) => (await page).keyboard.press(key.replaceAll('Control', CONTROL)),
    /** Types letters and figures with their keys, at typing speed. */
    keys: async ({ text }) => {
      for (const key of text) {
        await (await page).keyboard.press(key);
        await pause(FRAME);
      }
    },
    /** Types `text` all at once or, with a pace in milliseconds, character by character. */
    type: async ({ text, pace }) => {
      for (const piece of pace === undefined ? [text] : text) {
        await (await page).keyboard.insertText(piece);
        await pause(pace ?? FRAME);
      }
    },
    /** Types letters into an input method, which shows them in the text until they are committed or cancelled. */
    compose: async ({ letters, from }) => {
      for (let end = from ?? 1; end <= letters.length; end++) {
        const code = `Key${letters[end - 1].toUpperCase()}`;
        await processKey('rawKeyDown', code);
        await compose(letters.slice(0, end));
        await processKey('keyUp', code);
        await pause(FRAME / 2);
      }
    },
    /** Ends a composition with the text that the writer chose. */
    commit: async ({ text }) => {
      await processKey('rawKeyDown', 'Space');
      await send('Input.insertText', { text });
      await processKey('keyUp', 'Space');
      await pause(FRAME);
    },
    /** Pastes `text` with the keyboard. */
    paste: async ({ text }) => {
      await (await page).evaluate((words) => navigator.clipboard.writeText(words), text);
      await (await page).keyboard.press(`${CONTROL}+v`);
      await pause(FRAME);
    },
    /** Moves the keyboard focus to the text of the active editor. */
    focusEditor: async () => (await page).locator(EDITOR).first().focus(),
    /** Kills the language servers below the workbench; false if this system does not show which they are. */
    killServers: async () => killServers(workbench()),
    result: async (result) => onResult(result),
  };
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', async () => {
      // A worker's requests come from the page's own origin.
      response.setHeader('Access-Control-Allow-Origin', '*');
      try {
        const { name, ...args } = JSON.parse(body);
        response.end(JSON.stringify({ answer: await requests[name](args) }));
      } catch (error) {
        response.end(JSON.stringify({ error: String(error) }));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The frames that extensions fill: the parent of each is the one that VS Code puts around it. */
async function webviews(page) {
  return page.frames().filter((frame) => frame.parentFrame()?.url().includes('webview') === true);
}

function killServers(workbench) {
  const servers = workbench === undefined ? [] : languageServersBelow(workbench);
  for (const id of servers) process.kill(id, 'SIGKILL');
  return servers.length > 0;
}

/**
 * The ids of the language servers among the descendants of a process, if the system provides them (/proc); otherwise
 * none.
 */
function languageServersBelow(ancestor) {
  const parents = new Map();
  const servers = [];
  for (const name of fs.existsSync('/proc') ? fs.readdirSync('/proc') : []) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(/^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]));
      if (/dist[/\\]server\.js/.test(fs.readFileSync(`/proc/${name}/cmdline`, 'utf8'))) servers.push(Number(name));
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (id) => id !== undefined && id > 1 && (id === ancestor || isBelow(parents.get(id)));
  return servers.filter((id) => isBelow(id));
}
