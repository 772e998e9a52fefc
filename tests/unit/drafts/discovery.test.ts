import { describe, expect, it } from 'vitest';
import { draftKind, isDraftName, isReadme, isSkippedName, isWordName } from '../../../server/src/drafts/discovery';

describe('what a folder holds', () => {
  it.each(['讲话.txt', '报告.MD', '报告.markdown', '通知.gongwen', '通知.policytext', '两行\n名.txt'])(
    '%j may be a draft',
    (name) => {
      expect(isDraftName(name)).toBe(true);
    },
  );
  it.each(['README.md', 'readme.txt', '照片.png', 'txt', '讲话.docx'])('%j is no draft', (name) => {
    expect(isDraftName(name)).toBe(false);
  });
  it('knows Word documents from those that Word has open', () => {
    expect(['讲话.docx', '讲话.DOCM', '~$讲话.docx', '讲话.doc'].map(isWordName)).toEqual([true, true, false, false]);
  });
  it('passes over what is hidden or belongs to programs', () => {
    expect(['.git', 'node_modules', '历年'].map(isSkippedName)).toEqual([true, true, false]);
    expect(isReadme('README.txt')).toBe(true);
  });
  it('reads Markdown as such', () => {
    expect(['报告.md', '报告.MARKDOWN', '报告.txt'].map(draftKind)).toEqual(['markdown', 'markdown', 'policytext']);
  });
});
