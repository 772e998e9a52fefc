/** Figures stated in this draft and in the drafts beside it; comparison with earlier drafts; passages on a topic. */
import { type CancellationToken, type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import { arrangeLike } from '../compare/arrange';
import { compareDrafts } from '../compare/compare';
import { draftKind } from '../drafts/discovery';
import { differences, type NamedDraft, siblings } from '../facts/siblings';
import type { Statement } from '../facts/statement';
import { type FigurePlace, figureAt, figureOf, indicatorsOf, placesOfFigure } from '../features/figures';
import { escapeMarkdown } from '../features/markdown';
import { PassageIndex, type SearchedDraft } from '../features/passages';
import { analyse, analyseIncremental } from '../structure/analyse';
import type { Analysis } from '../structure/analysis';
import { AnalysisMemo } from '../structure/analysisMemo';
import { offsetOf } from '../structure/offsetOf';
import { type Locale, localise } from '../text/message';
import { decodedAddress } from './configurationFiles';
import type { Draft } from './documents';
import type {
  CompareParams,
  CompareResult,
  FactsResult,
  FigureResult,
  PassagesParams,
  PassagesResult,
} from './protocol';
import { runCooperatively, TimeSlice } from './requests';
import type { WorkspaceDrafts } from './workspace';

/** Maximum number of drafts searched for other figures, and maximum number of passages returned. */
const MAX_DRAFTS = 600;
const MAX_PASSAGES = 30;
/** Maximum number of places in a hover. */
const MAX_SHOWN = 8;
/** In ms. */
const HOVER_WAIT = 400;

/** Waits for `work`, but at most `time` ms; unfinished work continues. */
async function withinTime(work: Promise<void>, time: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, time);
  });
  try {
    await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

export class FactServices {
  /** Analyses of files that are not open, valid as long as their text is unchanged. */
  private readonly files = new Map<string, Analysis>();
  private readonly indicators = new AnalysisMemo(indicatorsOf);
  private readonly passageIndex = new PassageIndex();
  /** The search that is using the index of passages: the next one waits until it has ended. */
  private searching: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly workspace: WorkspaceDrafts,
    private readonly draftOf: (uri: string) => Draft | undefined,
    private readonly locale: Locale,
    /** The groups of drafts that must agree according to the configuration file near a draft, by their addresses. */
    private readonly siblingsOf: (uri: string) => Promise<readonly (readonly string[])[]> = async () => [],
  ) {}

  /** The figures of all drafts by indicator; those of `uri` first. */
  async facts(uri: string, token: CancellationToken): Promise<FactsResult> {
    const read: (NamedDraft & { readonly uri: string })[] = [];
    for await (const [name, analysis] of this.analyses(uri, token)) {
      // Cached for repeated requests; computed here, in its own time slice, for a draft that is read for the first
      // time.
      this.indicators.of(analysis);
      read.push({ uri: name, name: decodedAddress(name), analysis });
    }
    const differing = await this.differing(uri, read);
    const drafts = [];
    for (const { uri: address, analysis } of read) {
      const statements = differing.get(analysis);
      const indicators = statements ? indicatorsOf(analysis, statements) : this.indicators.of(analysis);
      if (indicators.length > 0) drafts.push({ uri: address, indicators });
    }
    return { drafts };
  }

  /** The statements in which drafts differ that ought to agree, by their titles or according to the file near `uri`. */
  private async differing(uri: string, drafts: readonly NamedDraft[]): Promise<Map<Analysis, Statement[]>> {
    const found = new Map<Analysis, Statement[]>();
    const add = (analysis: Analysis, one: Statement) => {
      const others = found.get(analysis);
      if (others) others.push(one);
      else found.set(analysis, [one]);
    };
    for (const [one, other] of siblings(drafts, await this.siblingsOf(uri))) {
      for (const difference of differences(one.analysis, other.analysis)) {
        add(one.analysis, difference.one);
        add(other.analysis, difference.other);
      }
    }
    return found;
  }

  /** The figure at `position` and the places of figures of its indicator. */
  async figure(uri: string, position: Position, token: CancellationToken): Promise<FigureResult> {
    const draft = this.draftOf(uri);
    await draft?.ready();
    const asked = draft && figureAt(draft.analysis, offsetOf(draft.analysis, position));
    if (!draft || !asked) return null;
    const { analysis, version } = draft;
    const places = [];
    for await (const [name, other] of this.analyses(uri, token)) {
      for (const place of placesOfFigure(other, asked)) places.push({ ...place, uri: name });
    }
    return { indicator: asked.indicatorText, figure: figureOf(analysis, asked, false), version, places };
  }

  /**
   * Where else the figure at `position` occurs, in its draft and in the others of the folder, or what else is stated of
   * its indicator. Waits for other drafts at most {@link HOVER_WAIT}; what is read of them after that is available for
   * the next request.
   */
  async hover(
    uri: string,
    position: Position,
    markdown: boolean,
    token: CancellationToken,
  ): Promise<Hover | undefined> {
    const draft = this.draftOf(uri);
    await draft?.ready();
    const asked = draft && figureAt(draft.analysis, offsetOf(draft.analysis, position));
    if (!draft || !asked) return undefined;
    const own = placesOfFigure(draft.analysis, asked);
    const others: (FigurePlace & { readonly uri: string })[] = [];
    const reading = async () => {
      for await (const [name, analysis] of this.analyses(uri, token, HOVER_WAIT)) {
        if (name === uri) continue;
        for (const place of placesOfFigure(analysis, asked)) others.push({ ...place, uri: name });
      }
    };
    await withinTime(reading(), HOVER_WAIT);
    if (own.length + others.length === 0 || token.isCancellationRequested) return undefined;
    const plain = (words: string): string => (markdown ? escapeMarkdown(words) : words);
    const row = ({ line, text, before, after, time, planned }: FigurePlace, address: string, where: string) => {
      const target = markdown ? `[${plain(where)}](${address}#L${line + 1})` : where;
      const notes = [time, planned ? localise({ zh: '目标', en: 'planned' }, this.locale) : ''].filter(
        (one) => one !== '',
      );
      const figure = markdown ? `**${plain(text)}**` : text;
      const note = notes.length > 0 ? `（${plain(notes.join('，'))}）` : '';
      return `- ${target}　…${plain(before.slice(-12))}${figure}${plain(after.slice(0, 8))}…${note}`;
    };
    const parts: string[] = [];
    if (own.length > 0) {
      const head = {
        zh: '“{0}”在文中还有{1}处',
        en: '“{0}” elsewhere in this draft: {1}',
        values: [plain(asked.indicatorText), own.length],
      };
      const rows = own.slice(0, MAX_SHOWN).map((place) => {
        const where = localise({ zh: '第{0}行', en: 'line {0}', values: [place.line + 1] }, this.locale);
        return row(place, uri, where);
      });
      parts.push([localise(head, this.locale), '', ...rows].join('\n'));
    }
    if (others.length > 0) {
      const head = {
        zh: '“{0}”在其他文稿中有{1}处',
        en: '“{0}” in other drafts: {1}',
        values: [plain(asked.indicatorText), others.length],
      };
      // The writer looks for those that differ.
      const shown = [...others].sort((one, other) => Number(one.same) - Number(other.same)).slice(0, MAX_SHOWN);
      const rows = shown.map((place) => {
        const name = place.uri.slice(place.uri.lastIndexOf('/') + 1);
        const values = [decodedAddress(name), place.line + 1];
        const where = localise({ zh: '{0} 第{1}行', en: '{0}, line {1}', values }, this.locale);
        return row(place, place.uri, where);
      });
      parts.push([localise(head, this.locale), '', ...rows].join('\n'));
    }
    const { lines } = draft.analysis;
    const base = lines.start(asked.line);
    return {
      contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: parts.join('\n\n') },
      range: {
        start: { line: asked.line, character: asked.start - base },
        end: { line: asked.line, character: asked.end - base },
      },
    };
  }

  /** `old` arranged like the draft at `uri`, and the fate of its sections. */
  compare({ uri, old }: CompareParams): CompareResult {
    const draft = this.draftOf(uri);
    if (!draft) return null;
    const before = analyse(old, draft.analysis.kind);
    const { sections } = compareDrafts(before, draft.analysis);
    const fates: Partial<Record<(typeof sections)[number]['fate'], number>> = {};
    for (const { fate } of sections) fates[fate] = (fates[fate] ?? 0) + 1;
    return { arranged: arrangeLike(before, draft.analysis), fates };
  }

  /** Passages of the other drafts on the topic of some words. */
  async passages({ uri, query }: PassagesParams, token: CancellationToken): Promise<PassagesResult> {
    const drafts: SearchedDraft[] = [];
    for await (const draft of this.workspace.texts(token)) {
      if (draft.uri !== uri) drafts.push(draft);
      if (drafts.length >= MAX_DRAFTS) break;
    }
    const wanted = () => !token.isCancellationRequested;
    const search = this.searching.then(async () => {
      if (wanted()) await runCooperatively(this.passageIndex.update(drafts), wanted);
      return { passages: wanted() ? this.passageIndex.find(query, MAX_PASSAGES) : [] };
    });
    this.searching = search.catch(() => {});
    return search;
  }

  /**
   * The analyses of all drafts, that of `uri` first, yielding to other work in between; a file is analysed again only
   * if its text has changed. What was analysed before a request was cancelled is kept for the next. Files not yet
   * analysed are skipped once `patience` ms have passed.
   */
  private async *analyses(
    uri: string,
    token: CancellationToken,
    patience = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<readonly [string, Analysis]> {
    const turns = new TimeSlice();
    const began = performance.now();
    const wanted = () => !token.isCancellationRequested;
    const seen = new Set<string>();
    const own = this.draftOf(uri);
    await own?.ready();
    if (own) yield [uri, own.analysis];
    let count = own ? 1 : 0;
    for await (const { uri: name, text } of this.workspace.texts(token)) {
      if (name === uri) continue;
      if (count++ >= MAX_DRAFTS) break;
      const open = this.draftOf(name);
      await open?.ready();
      if (open) yield [name, open.analysis];
      else {
        const kept = this.files.get(name);
        seen.add(name);
        if (kept?.text !== text && performance.now() - began > patience) continue;
        const analysis =
          kept?.text === text ? kept : await runCooperatively(analyseIncremental(text, draftKind(name)), wanted);
        if (!analysis) return;
        this.files.set(name, analysis);
        yield [name, analysis];
      }
      if (!(await turns.goOn(wanted))) return;
    }
    if (wanted()) for (const name of this.files.keys()) if (!seen.has(name)) this.files.delete(name);
  }
}
