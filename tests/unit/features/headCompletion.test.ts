/** Completion in the head of a draft. */
import { describe, expect, it } from 'vitest';
import { headItems } from '../../../server/src/features/headCompletion';

/** The items at the | of `draft`, with the resulting line for each. */
function offered(draft: string): { labels: string[]; line: (label: string) => string | undefined } | undefined {
  const offset = draft.indexOf('|');
  const text = draft.replace('|', '');
  const before = text.slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: (before.at(-1) as string).length };
  const items = headItems(text, offset, position, 'zh-cn');
  if (!items) return undefined;
  const words = text.split('\n')[position.line] as string;
  return {
    labels: items.map(({ label }) => label),
    line: (wanted) => {
      const edit = items.find(({ label }) => label === wanted)?.textEdit;
      if (!edit || !('range' in edit)) return undefined;
      return words.slice(0, edit.range.start.character) + edit.newText + words.slice(edit.range.end.character);
    },
  };
}

describe('the list in the head of a draft', () => {
  it('has the names that are not there yet, the head open or closed', () => {
    for (const draft of ['---\n密级：机密★1年\n|', '---\n密级：机密★1年\n|\n---\n关于工作的通知\n']) {
      const { labels, line } = offered(draft) ?? { labels: [], line: () => undefined };
      expect(labels).toContain('签发人');
      expect(labels).not.toContain('密级');
      expect(line('签发人')).toBe('签发人：');
    }
    expect(offered('---\n签|：赵志远\n---\n')?.line('签发人')).toBe('签发人：赵志远');
    expect(offered('---\n|')?.labels[0]).toBe('份号');
  });

  it('has the values of a name behind its colon', () => {
    expect(offered('---\n紧急程度：|\n---\n')?.labels).toEqual(['加急', '特急']);
    expect(offered('---\n版式：信|\n---\n')?.line('信函')).toBe('版式：信函');
    expect(offered('---\n用印: |是\n---\n')?.line('否')).toBe('用印: 否');
    // Names cannot be suggested.
    expect(offered('---\n签发人：|\n---\n')?.labels).toEqual([]);
  });

  it('is not there in the text, in its first line, or in the head of another program', () => {
    for (const draft of [
      '|---\n密级：机密\n---\n',
      '---\n密级：机密\n---\n|\n关于工作的通知\n',
      '---\ntitle: 供水\n|\n---\n',
      '关于工作的通知\n密级：|\n',
      '---\n各乡镇要抓好落实。\n请认真执行。\n|',
    ]) {
      expect(offered(draft), draft).toBeUndefined();
    }
  });
});
