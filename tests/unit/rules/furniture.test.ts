import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import { applyEdits } from '../../../server/src/text/textEdit';

const BODY = `各位代表：\n${'要坚持稳中求进，扎实推动各项工作落地见效。'.repeat(12)}`;
const PAGE = `下载\n打印\n【字号：\n大\n小\n】\n青禾县2026年政府工作报告\n来源：青禾日报\n时间：2026-02-09\n${BODY}\n相关报道：\n扫一扫在手机打开当前页`;

function findings(text: string) {
  return lint(analyse(text)).filter(({ rule }) => rule.id === 'text.furniture');
}

describe('text.furniture', () => {
  it('tells of a scraped page once at its head and once at its tail, and each fix takes all there is', () => {
    const found = findings(PAGE);
    expect(found).toHaveLength(2);
    const edits = found.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []);
    expect(applyEdits(PAGE, edits)).toBe(`青禾县2026年政府工作报告\n${BODY}`);
  });

  it('leaves the title between two pieces alone', () => {
    const [head] = findings(PAGE);
    expect(applyEdits(PAGE, head?.fixes?.[0]?.edits ?? [])).toMatch(/^青禾县2026年政府工作报告\n各位代表/);
  });

  it('says nothing of a text without furniture', () => {
    expect(findings(`青禾县2026年政府工作报告\n${BODY}\n相关报道的整理工作由县档案馆负责。`)).toEqual([]);
  });
});
