import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayRefer, referenceTargets } from '../../../server/src/features/referenceTargets';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis } from '../../../server/src/structure/analysis';
import { referencesOf } from '../../../server/src/structure/references';

/** The references offered at | in `drawn`. */
function offered(drawn: string): string[] {
  const offset = drawn.indexOf('|');
  const text = drawn.replace('|', '');
  if (!mayRefer(text.slice(Math.max(0, text.lastIndexOf('\n', offset - 1) + 1), offset))) return [];
  return referenceTargets(analyse(text), offset).map((one) => one.text);
}

const LAW = (words: string) => `青禾县防汛办法
第一章　总则
第一条　为了做好防汛工作，制定本办法。
第二条　防汛工作包括：
（一）巡查；
（二）抢险；
（三）救灾。
第二章　职责
第三条　${words}
第四条　各镇编制细则。
第三章　附则
第五条　本办法自印发之日起施行。
`;

describe('the places a reference may mean', () => {
  it('are offered after 本办法, 见 and 第', () => {
    const everything = ['第一条', '第一章', '第二条', '第二章', '第三章', '第四条', '第五条'];
    expect(offered(LAW('违反本办法|，责令改正。')).sort()).toEqual(everything.sort());
    expect(offered(LAW('依照第|的规定处理。')).sort()).toEqual(everything.sort());
    // Without such words only articles, the nearest first and never the one being written.
    expect(offered(LAW('各镇对第|的事项负责。'))).toEqual(['第四条', '第二条', '第五条', '第一条']);
  });

  it('are those that begin with what is typed, in Chinese or Arabic figures', () => {
    expect(offered(LAW('依照本办法第二|处理。')).sort()).toEqual(['第二条', '第二章']);
    expect(offered(LAW('依照本办法第5|处理。'))).toEqual(['第五条']);
    expect(offered(LAW('依照本办法第九|处理。'))).toEqual([]);
  });

  it('are the items of an article that is named', () => {
    expect(offered(LAW('依照本办法第二条|处理。'))).toEqual([]);
    expect(offered(LAW('依照本办法第二条第|处理。')).sort()).toEqual(['第（一）项', '第（三）项', '第（二）项']);
    expect(offered(LAW('依照第二条第（三|处理。'))).toEqual(['第（三）项']);
    expect(offered(LAW('依照第一条第|处理。'))).toEqual([]);
  });

  it('are parts of a report, and attachments', () => {
    const report = (words: string) =>
      `关于防汛的报告\n一、总体情况\n${words}\n二、存在问题\n内容。\n（一）投入不足。\n（二）人手不够。\n三、下一步打算\n内容。\n附件1\n名单\n附件2\n表格\n`;
    expect(offered(report('详见|，不再重复。')).sort()).toEqual(
      ['第一部分', '第三部分', '第二部分', '附件1', '附件2'].sort(),
    );
    expect(offered(report('具体名单见附件|。')).sort()).toEqual(['附件1', '附件2']);
    expect(offered(report('详见第二部分第|。')).sort()).toEqual(['第（一）条', '第（二）条']);
    expect(offered(report('第|，内容。'))).toEqual([]);
    expect(offered(report('今年第|季度。'))).toEqual([]);
  });

  it('are none after another document, in a quotation or where 见 is part of a word', () => {
    expect(offered(LAW('依照《青禾县水法》第|处理。'))).toEqual([]);
    expect(offered(LAW('水法第|规定，抓紧落实。'))).toEqual([]);
    expect(offered(LAW('修改为：“依照第|处理。'))).toEqual([]);
    expect(offered(LAW('各镇提出意见|。'))).toEqual([]);
  });
});

describe('whatever is offered leads to its section once it is written', () => {
  const samples = 'corpus/samples';
  const shared = '../shared/corpus/laws';
  const files = [
    ...fs.readdirSync(samples).map((name) => path.join(samples, name)),
    ...(fs.existsSync(shared) ? fs.readdirSync(shared).map((name) => path.join(shared, name)) : []),
  ].filter((file) => !file.endsWith('README.md'));

  const headOf = ({ text }: Analysis, start: number) => text.slice(start, start + 12);

  it.each(files)('%s', (file) => {
    const text = fs.readFileSync(file, 'utf8');
    const analysis = analyse(text);
    // At the end of some paragraphs' first clause, as 依照本办法….
    const places = analysis.headings.filter((_, index) => index % Math.ceil(analysis.headings.length / 6) === 0);
    for (const { titleSpan } of places) {
      const line = analysis.lines.lineAt(titleSpan.start);
      const at = analysis.lines.end(line);
      const words = '依照本办法';
      const draft = `${text.slice(0, at)}${words}${text.slice(at)}`;
      const before = analyse(draft);
      for (const { text: reference, section } of referenceTargets(before, at + words.length).slice(0, 30)) {
        const after = analyse(`${text.slice(0, at)}${words}${reference}${text.slice(at)}`);
        const found = referencesOf(after).find(({ start }) => start === at + words.length);
        expect(found?.target && headOf(after, found.target.span.start), `${words}${reference}`).toBe(
          headOf(before, section.span.start),
        );
      }
    }
  });
});
