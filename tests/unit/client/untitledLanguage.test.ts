import { describe, expect, it } from 'vitest';
import { isGuess, type LanguageHistory } from '../../../client/src/untitledLanguage';

const NOW = 1_000_000;
const SPEECH = '同志们：\n一、提高认识\n农业是基础。\n二、加强领导\n各乡镇要压实责任。\n';
const history = (about: Partial<LanguageHistory>): LanguageHistory => ({
  language: 'plaintext',
  lastChange: NOW - 800,
  guessed: false,
  ...about,
});

describe('isGuess', () => {
  it('takes a language that comes right after a change for the editor’s guess', () => {
    expect(isGuess(history({}), 'ini', SPEECH, NOW)).toBe(true);
    expect(isGuess(history({ language: 'ini', guessed: true }), 'yaml', SPEECH, NOW)).toBe(true);
  });

  it('takes one for a choice of the writer’s that comes later, or before there is any text', () => {
    expect(isGuess(history({ lastChange: NOW - 5_000 }), 'ini', SPEECH, NOW)).toBe(false);
    expect(isGuess(history({ lastChange: 0 }), 'python', '', NOW)).toBe(false);
    expect(isGuess(history({ language: 'python' }), 'ini', SPEECH, NOW)).toBe(false);
  });

  it('overrules a guess that was under way when the text became a policy text, and none later', () => {
    const switched = { language: 'policytext', switched: NOW - 1_000 };
    expect(isGuess(history(switched), 'ini', SPEECH, NOW)).toBe(true);
    expect(isGuess(history({ ...switched, switched: NOW - 10_000 }), 'ini', SPEECH, NOW)).toBe(false);
    expect(isGuess(history({ ...switched, switched: undefined }), 'ini', SPEECH, NOW)).toBe(false);
  });

  it('never takes plain text for a guess, nor Markdown where its marks stand', () => {
    expect(isGuess(history({ language: 'policytext', switched: NOW - 100 }), 'plaintext', SPEECH, NOW)).toBe(false);
    expect(isGuess(history({}), 'markdown', `# 讲话\n${SPEECH}`, NOW)).toBe(false);
    expect(isGuess(history({}), 'markdown', SPEECH, NOW)).toBe(true);
  });
});
