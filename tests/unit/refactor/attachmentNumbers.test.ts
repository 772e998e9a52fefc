import { describe, expect, it } from 'vitest';
import { renumbering } from '../../../server/src/refactor/renumber';
import { analyse } from '../../../server/src/structure/analyse';
import { applyEdits } from '../../../server/src/text/textEdit';

function renumbered(text: string): { result: string; uncertain: string[] } {
  const { edits, uncertain } = renumbering(analyse(text), { document: true });
  return {
    result: applyEdits(text, edits),
    uncertain: (uncertain ?? []).map(({ start, end }) => text.slice(start, end)),
  };
}

/** A notice with the attachments `heads`, as many entries in its note as `note` has, and `words` in the text. */
function notice(heads: readonly string[], note: readonly string[], words: string): string {
  const titles = ['检查表', '分组表', '联络名册', '评分细则'];
  const entries = note.map((number, index) => `${number}.${titles[index]}`).join('\n　　　');
  const attachments = heads.map((number, index) => `附件${number}\n${titles[index]}\n内容。\n`).join('\n');
  return `关于开展堤防检查的通知\n各镇：\n现就检查通知如下。\n一、检查内容\n${words}\n二、工作要求\n按期报送。\n\n${
    entries && `附件：${entries}\n\n`
  }青禾县人民政府\n2026年3月5日\n\n${attachments}`;
}

describe('attachments that a deletion leaves behind', () => {
  it('are counted anew with their note and the references to them', () => {
    expect(renumbered(notice(['1', '3'], ['1', '3'], '检查表见附件1，分组见附件3。'))).toEqual({
      result: notice(['1', '2'], ['1', '2'], '检查表见附件1，分组见附件2。'),
      uncertain: [],
    });
    expect(renumbered(notice(['2', '3', '5'], ['2', '3', '5'], '按附件2和附件5执行。'))).toEqual({
      result: notice(['1', '2', '3'], ['1', '2', '3'], '按附件1和附件3执行。'),
      uncertain: [],
    });
    expect(renumbered(notice(['一', '三'], [], '分组见附件三。')).result).toBe(
      notice(['一', '二'], [], '分组见附件二。'),
    );
  });

  it('follow a note that is right already', () => {
    expect(renumbered(notice(['1', '3'], ['1', '2'], '分组见附件3。')).result).toBe(
      notice(['1', '2'], ['1', '2'], '分组见附件2。'),
    );
  });

  it('name the references to what is gone, whose number another attachment takes', () => {
    expect(renumbered(notice(['1', '3'], ['1', '3'], '名册见附件2，分组见附件3。'))).toEqual({
      result: notice(['1', '2'], ['1', '2'], '名册见附件2，分组见附件2。'),
      uncertain: ['附件2'],
    });
  });

  it.each([
    ['counted rightly', notice(['1', '2'], ['1', '2'], '分组见附件2。')],
    ['fewer than the note names, as some are files of their own', notice(['1', '3'], ['1', '2', '3'], '分组见附件3。')],
    ['a part of a longer text', notice(['3', '4'], [], '分组见附件4。')],
    ['out of order', notice(['2', '1'], ['1', '2'], '分组见附件2。')],
    ['those of another document', notice(['1', '2'], ['1', '2'], '按《云岭省防汛办法》附件3执行。')],
  ])('stay as they are where they are %s', (_, text) => {
    expect(renumbered(text).result).toBe(text);
  });

  it('counts once and for all', () => {
    const { result } = renumbered(notice(['1', '3', '4'], ['1', '3', '4'], '分组见附件3、附件4。'));
    expect(renumbered(result).result).toBe(result);
  });
});
