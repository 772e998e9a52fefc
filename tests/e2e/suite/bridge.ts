/** What the suite asks of the process that drives the browser: it sees the page, the suite sees the editor's API. */
import * as http from 'node:http';

const address = process.env.POLICY_TEXT_BRIDGE as string;

function ask<Answer>(name: string, args: object = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(address, { method: 'POST' }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () => {
        const { answer, error } = JSON.parse(body) as { answer: Answer; error?: string };
        if (error === undefined) resolve(answer);
        else reject(new Error(error));
      });
    });
    request.on('error', reject);
    request.end(JSON.stringify({ name, ...args }));
  });
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly duration: number;
  readonly error?: string;
}

/** The texts of the visible elements that `selector` finds on the page. */
export const textsOnPage = (selector: string) => ask<string[]>('texts', { selector });
/** Presses a key or a chord, named as in `Control+Home`. */
export const press = (key: string) => ask<void>('press', { key });
/** Types `text` as an input method commits it. */
export const typeText = (text: string) => ask<void>('type', { text });
export const focusEditor = () => ask<void>('focusEditor');
export const report = (result: TestResult) => ask<void>('result', { ...result });
