/** The page preview's webview: draws pages received from the extension as SVG. Text is inserted as text nodes only. */
import type { DrawnLine, DrawnPage } from '../../server/src/layout/drawing';
import type { FromPreview, PreviewState, ToPreview } from '../src/previewMessages';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPreview): void;
  getState(): PreviewState | undefined;
  setState(state: PreviewState): void;
};

const SVG = 'http://www.w3.org/2000/svg';
const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
/** CSS pixels in a point. */
const PIXELS = 96 / 72;
/** Substitutes for fonts that are not installed. */
const SUBSTITUTES = {
  mark: '"FZXiaoBiaoSong-B05S", "STZhongsong", "Songti SC", "SimSun", "Noto Serif CJK SC", serif',
  title: '"FZXiaoBiaoSong-B05S", "STZhongsong", "Songti SC", "SimSun", "Noto Serif CJK SC", serif',
  black: '"SimHei", "STHeiti", "Heiti SC", "Noto Sans CJK SC", sans-serif',
  script: '"KaiTi_GB2312", "KaiTi", "STKaiti", "Kaiti SC", "AR PL UKai CN", "Noto Serif CJK SC", serif',
  text: '"FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC", serif',
  page: '"SimSun", "Songti SC", "Noto Serif CJK SC", serif',
} as const;

const api = acquireVsCodeApi();
const element = (id: string) => document.getElementById(id) as HTMLElement;
const [view, position, zoomShown, nothing] = ['view', 'position', 'zoom', 'nothing'].map(element) as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
  HTMLElement,
];

/** A page with its place on the screen. Its content is drawn when it comes into or near view. */
interface Sheet {
  readonly box: HTMLElement;
  page: DrawnPage;
  firstLine: number;
  drawn: boolean;
  near: boolean;
}

const sheets: Sheet[] = [];
let state: PreviewState = api.getState() ?? {};
let size = { width: 595.28, height: 841.89 };
let fonts: Readonly<Record<string, string>> = {};
let caret: Extract<ToPreview, { type: 'caret' }> | undefined;

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const sheet = sheets.find(({ box }) => box === target);
      if (!sheet) continue;
      sheet.near = isIntersecting;
      if (isIntersecting) draw(sheet);
    }
  },
  { root: view, rootMargin: '100% 0px' },
);

window.addEventListener('message', ({ data }: MessageEvent<ToPreview>) => {
  if (data.type === 'pages') show(data);
  else if (data.type === 'caret') {
    caret = data;
    mark(data.reveal);
  } else {
    nothing.hidden = false;
    view.hidden = true;
    position.textContent = '';
  }
});

function show(message: Extract<ToPreview, { type: 'pages' }>): void {
  const isOther = state.uri !== message.uri;
  size = message.size;
  fonts = message.fonts;
  nothing.hidden = true;
  view.hidden = false;
  while (sheets.length > message.count) {
    const { box } = sheets.pop() as Sheet;
    watcher.unobserve(box);
    box.remove();
  }
  for (const [index, page] of message.changed) {
    const sheet = sheets[index] ?? newSheet(page);
    sheet.page = page;
    sheet.drawn = false;
  }
  message.firstLines.forEach((line, index) => {
    const sheet = sheets[index];
    if (sheet) sheet.firstLine = line;
  });
  keep({ uri: message.uri });
  element('remark').textContent = message.remark ?? '';
  if (isOther) {
    view.scrollTop = 0;
    // It was in the previous draft; its position in this one follows.
    caret = undefined;
  }
  resize(false);
  // Visible pages first; the others when they come near.
  for (const sheet of sheets) if (sheet.near || inSight(sheet)) draw(sheet);
  // The typed text may have moved to another page.
  mark(caret?.reveal === true);
  tellPosition();
}

function newSheet(page: DrawnPage): Sheet {
  const box = document.createElement('div');
  box.className = 'page';
  box.setAttribute('role', 'group');
  view.append(box);
  const sheet: Sheet = { box, page, firstLine: 0, drawn: false, near: false };
  sheets.push(sheet);
  box.setAttribute('aria-label', words('page', sheets.length));
  watcher.observe(box);
  return sheet;
}

function inSight({ box }: Sheet): boolean {
  const { top, bottom } = box.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

function draw(sheet: Sheet): void {
  if (sheet.drawn) return;
  sheet.drawn = true;
  const { width, height } = size;
  const picture = node('svg', { viewBox: `0 0 ${width} ${height}` });
  for (const { x, y, width: wide, height: high, red } of sheet.page.rules) {
    picture.append(node('rect', { x, y, width: wide, height: high, class: red ? 'red' : 'black' }));
  }
  sheet.page.lines.forEach((line, index) => {
    const group = node('g', line.line === undefined ? {} : { 'data-index': index, class: 'line' });
    group.append(node('rect', { x: 0, y: line.top, width, height: line.height, class: 'place' }));
    for (const { x, y, width: wide, text, face, size: points, red } of line.texts) {
      const name = (fonts[face] ?? '').replace(/["\\]/g, '');
      const shown = node('text', {
        x,
        y,
        'font-family': `"${name}", ${SUBSTITUTES[face]}`,
        'font-size': points,
        ...([...text].length > 1 && { textLength: wide, lengthAdjust: 'spacing' }),
        class: red ? 'red' : 'black',
      });
      shown.textContent = text;
      group.append(shown);
    }
    picture.append(group);
  });
  sheet.box.replaceChildren(picture);
}

function node(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Highlights the line that contains the caret of the draft. */
function mark(reveal: boolean): void {
  for (const old of view.querySelectorAll('.current')) old.classList.remove('current');
  const found = caret && lineAt(caret.line, caret.column);
  if (!found) return;
  const [sheet, index] = found;
  draw(sheet);
  const shown = sheet.box.querySelector(`[data-index="${index}"]`);
  shown?.classList.add('current');
  if (!shown || !reveal) return;
  const { top, bottom } = shown.getBoundingClientRect();
  const { top: first, bottom: last } = view.getBoundingClientRect();
  if (top < first || bottom > last) shown.scrollIntoView({ block: 'center' });
}

/** The last line that begins at or before a place in the draft. */
function lineAt(line: number, column: number): readonly [Sheet, number] | undefined {
  let best: readonly [Sheet, number] | undefined;
  let [bestLine, bestColumn] = [-1, -1];
  for (const sheet of sheets) {
    sheet.page.lines.forEach((one: DrawnLine, index) => {
      if (one.line === undefined) return;
      const at = sheet.firstLine + one.line;
      if (at > line || (at === line && one.column > column && bestLine === line)) return;
      if (at > bestLine || (at === bestLine && one.column >= bestColumn)) {
        best = [sheet, index];
        [bestLine, bestColumn] = [at, one.column];
      }
    });
  }
  return best;
}

view.addEventListener('click', (event) => {
  const group = (event.target as Element).closest('.line');
  const sheet = sheets.find(({ box }) => box.contains(group));
  const line = sheet?.page.lines[Number(group?.getAttribute('data-index'))];
  if (!sheet || line?.line === undefined) return;
  // The character that was clicked.
  let column = line.column;
  for (const shown of group?.querySelectorAll('text') ?? []) {
    const { left, right } = shown.getBoundingClientRect();
    const length = shown.textContent?.length ?? 0;
    if (event.clientX >= right) column += length;
    else {
      if (event.clientX > left) column += Math.floor(((event.clientX - left) / (right - left)) * length);
      break;
    }
  }
  api.postMessage({ type: 'goTo', line: sheet.firstLine + line.line, column });
});

function keep(change: PreviewState): void {
  state = { ...state, ...change };
  api.setState(state);
}

function currentZoom(): number {
  return state.zoom || Math.max(0.2, (view.clientWidth - 32) / (size.width * PIXELS));
}

/** Resizes the pages to the zoom level; if it has changed, the top of the view is kept. */
function resize(zoomed: boolean): void {
  const scale = currentZoom();
  const place = view.scrollTop / Math.max(1, view.scrollHeight);
  const [width, height] = [`${size.width * PIXELS * scale}px`, `${size.height * PIXELS * scale}px`];
  for (const { box } of sheets) {
    if (box.style.width !== width) box.style.width = width;
    if (box.style.height !== height) box.style.height = height;
  }
  if (zoomed) view.scrollTop = place * view.scrollHeight;
  zoomShown.textContent = `${Math.round(scale * 100)}%`;
}

function zoomTo(zoom: number): void {
  keep({ zoom });
  resize(true);
  tellPosition();
}

function step(direction: 1 | -1): void {
  const now = currentZoom();
  const next = direction > 0 ? ZOOMS.find((zoom) => zoom > now * 1.01) : ZOOMS.findLast((zoom) => zoom < now * 0.99);
  if (next !== undefined) zoomTo(next);
}

element('larger').addEventListener('click', () => step(1));
element('smaller').addEventListener('click', () => step(-1));
element('fit').addEventListener('click', () => zoomTo(0));
element('export').hidden = document.body.dataset.export !== 'true';
element('export').addEventListener('click', () => api.postMessage({ type: 'export' }));
view.addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    step(event.deltaY < 0 ? 1 : -1);
  },
  { passive: false },
);
window.addEventListener('keydown', (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  const direction = { '+': 1, '=': 1, '-': -1 }[event.key] as 1 | -1 | undefined;
  if (event.key === '0') zoomTo(0);
  else if (direction) step(direction);
  else return;
  event.preventDefault();
});
new ResizeObserver(() => resize(!state.zoom)).observe(view);
view.addEventListener('scroll', tellPosition, { passive: true });

/** Shows the current page and the number of pages. */
function tellPosition(): void {
  const middle = view.getBoundingClientRect().top + view.clientHeight / 2;
  const index = sheets.findIndex(({ box }) => box.getBoundingClientRect().bottom >= middle);
  const number = index < 0 ? sheets.length : index + 1;
  position.textContent = words('position', number, sheets.length);
}

/** A text from the data attributes of the document's body with its values filled in. */
function words(name: string, ...values: readonly number[]): string {
  return (document.body.dataset[name] ?? '').replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)] ?? ''));
}

api.postMessage({ type: 'ready' });
