import { describe, expect, it } from 'vitest';
import { PassageIndex, type SearchedDraft } from '../../../server/src/features/passages';
import { runToCompletion } from '../../../server/src/text/resumable';

describe('passages of other drafts', () => {
  const update = (index: PassageIndex, drafts: readonly SearchedDraft[]) => runToCompletion(index.update(drafts));

  it('are found by topic, the best first, and told once', () => {
    const index = new PassageIndex();
    const shared = '全县要抓好河道清淤和堤防加固工作。';
    update(index, [
      { uri: 'a', text: `标题\n${shared}\n各校要开展阳光体育活动，每天一小时。` },
      { uri: 'b', text: `${shared}\n扩大蔬菜种植面积，建设冷链仓库。` },
    ]);
    const found = index.find('河道清淤', 10);
    expect(found.map(({ text, uri, line }) => [text, uri, line])).toEqual([[shared, 'a', 1]]);
    expect(index.find('量子通信', 10)).toEqual([]);
  });

  it('follow the drafts: what changed is found anew, what is gone is not', () => {
    const index = new PassageIndex();
    update(index, [
      { uri: 'a', text: '全县要抓好河道清淤和堤防加固工作。' },
      { uri: 'b', text: '扩大蔬菜种植面积，建设冷链仓库。' },
    ]);
    update(index, [{ uri: 'a', text: '各校要开展阳光体育活动，每天一小时。' }]);
    expect(index.find('河道清淤', 10)).toEqual([]);
    expect(index.find('冷链仓库', 10)).toEqual([]);
    expect(index.find('阳光体育', 10).map(({ uri }) => uri)).toEqual(['a']);
  });

  it('stop for others after each draft, and an update that was dropped is made good by the next', () => {
    const index = new PassageIndex();
    update(index, [
      { uri: 'a', text: '全县要抓好河道清淤和堤防加固工作。' },
      { uri: 'b', text: '扩大蔬菜种植面积，建设冷链仓库。' },
    ]);
    const drafts = [
      { uri: 'a', text: '各校要开展阳光体育活动，每天一小时。' },
      { uri: 'c', text: '建设县级养老服务中心和日间照料站。' },
    ];
    const dropped = index.update(drafts);
    dropped.next();
    dropped.next();
    update(index, drafts);
    expect(index.find('河道清淤', 10)).toEqual([]);
    expect(index.find('冷链仓库', 10)).toEqual([]);
    expect(index.find('阳光体育', 10).map(({ uri }) => uri)).toEqual(['a']);
    expect(index.find('养老服务', 10).map(({ uri }) => uri)).toEqual(['c']);
  });
});
