/** The worker thread that lints drafts in the background. Bundled as dist/lint-worker.js. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Lexicon } from '../lexicon/model/lexicon';
import { LexiconReceiver } from '../lexicon/model/sharedLexicon';
import { rules } from '../rules/index';
import { type LintConfiguration, lintIncremental, type PlacedResult } from '../rules/lint';
import { type SpellingModel, spellingModelFrom } from '../spelling/spellingModel';
import { analyseIncremental } from '../structure/analyse';
import type { Analysis } from '../structure/analysis';
import { type Resumable, runToCompletion } from '../text/resumable';
import type { LintAnswer, LintRequest, LintWorkerData } from './backgroundLint';

/** Number of results in one message: the main thread reads each in a step. */
const RESULTS_AT_ONCE = 1_000;

class LintWorker {
  private lexicon: Lexicon | undefined;
  private receiver = new LexiconReceiver();
  private spelling: SpellingModel | undefined;
  private readonly ranks = new Map(rules.map((rule, rank) => [rule, rank]));

  constructor(
    private readonly port: MessagePort,
    private readonly dropped: Int32Array,
  ) {}

  start(): void {
    this.port.on('message', (request: LintRequest) => this.receive(request));
  }

  private receive(request: LintRequest): void {
    if (request.kind === 'lint') this.answer(request);
    else if (request.kind === 'spelling') this.spelling = runToCompletion(spellingModelFrom(request.model));
    else {
      const lexicon = this.receiver.receive(request.part);
      if (!lexicon) return;
      this.lexicon = lexicon;
      this.receiver = new LexiconReceiver();
    }
  }

  private answer(request: Extract<LintRequest, { kind: 'lint' }>): void {
    const { id } = request;
    const tell = (answer: LintAnswer): void => this.port.postMessage(answer);
    try {
      const results = this.results(request);
      if (!results) {
        tell({ id, kind: 'dropped' });
        return;
      }
      for (let at = 0; at < results.length || at === 0; at += RESULTS_AT_ONCE) {
        const some = results.slice(at, at + RESULTS_AT_ONCE);
        const plain = some.map(({ rule, severity, finding, base }) => {
          return { rule: this.ranks.get(rule) ?? 0, severity, finding, base };
        });
        tell({ id, kind: 'results', results: plain, isLast: at + RESULTS_AT_ONCE >= results.length });
      }
    } catch (error) {
      tell({ id, kind: 'failure', error: (error instanceof Error && error.stack) || String(error) });
    }
  }

  /** Undefined as soon as the main thread has dropped the task. */
  private results(request: Extract<LintRequest, { kind: 'lint' }>): PlacedResult[] | undefined {
    const { id, text, textKind, configuration, withLexicon, withSpelling } = request;
    const lexicon = withLexicon ? this.lexicon : undefined;
    const spelling = withSpelling ? this.spelling : undefined;
    const pieces = analyseAndLint(text, textKind, configuration, lexicon, spelling);
    const slot = id % this.dropped.length;
    while (Atomics.load(this.dropped, slot) !== id) {
      const { done, value } = pieces.next();
      if (done) return value;
    }
    return undefined;
  }
}

function* analyseAndLint(
  text: string,
  kind: Analysis['kind'],
  configuration: LintConfiguration,
  lexicon: Lexicon | undefined,
  spelling: SpellingModel | undefined,
): Resumable<PlacedResult[]> {
  const analysis = yield* analyseIncremental(text, kind);
  return yield* lintIncremental(analysis, configuration, lexicon, spelling);
}

if (parentPort) new LintWorker(parentPort, (workerData as LintWorkerData).dropped).start();
