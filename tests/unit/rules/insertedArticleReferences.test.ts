import { describe, expect, it } from 'vitest';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';

/** The findings of reference.unresolved in `text`, with their fixes. */
function unresolved(text: string): string[] {
  const analysis = analyse(text);
  return lint(analysis)
    .filter(({ rule }) => rule.id === 'reference.unresolved')
    .map(
      ({ start, end, fixes }) => analysis.text.slice(start, end) + (fixes ?? []).map(({ title }) => title.zh).join(),
    );
}

const HEAD = '青禾县护林办法\n第一条　为了保护山林，制定本办法。\n';

describe('a reference to an inserted article', () => {
  it.each([
    [
      'between two of them',
      '第一条之一　县林业局负责护林。\n第一条之三　依照本办法第一条之二处理。\n第二条　自发布之日起施行。',
      ['第一条之二'],
    ],
    [
      'behind the last of them',
      '第二条　县林业局负责护林。\n第二条之一　镇政府巡山。\n第二条之三　违反第二条之四的，责令改正。\n第三条　自发布之日起施行。',
      ['第二条之四'],
    ],
    [
      'after an article that has none',
      '第二条　违反本办法第一条之一的，责令改正。\n第三条　自发布之日起施行。',
      ['第一条之一'],
    ],
    [
      'elsewhere in a text with a gap',
      '第二条　违反本办法第一条之一的，责令改正。\n第四条　自发布之日起施行。',
      ['第一条之一'],
    ],
    [
      'after an article beyond the last',
      '第二条　依照本办法第九条之二处理。\n第三条　自发布之日起施行。',
      ['第九条之二'],
    ],
  ])('is reported where it does not exist, without a number to change it to: %s', (_, text, found) => {
    expect(unresolved(HEAD + text)).toEqual(found);
  });

  it.each([
    ['it exists', '第一条之一　县林业局负责护林。\n第一条之三　依照本办法第一条之一处理。\n第二条　自发布之日起施行。'],
    [
      'it exists further down',
      '第二条　依照本办法第三条之二处理。\n第三条　镇政府巡山。\n第三条之二　村委会巡山。\n第四条　自发布之日起施行。',
    ],
    [
      'it is of another law',
      '第二条　依照刑法第一百三十三条之一处理，《云岭省护林条例》第一条之二另有规定。\n第四条　自发布之日起施行。',
    ],
    [
      'the text counts twice',
      '第一条　县林业局负责护林。\n第二条　违反本办法第一条之一的，责令改正。\n第二条　自发布之日起施行。',
    ],
    ['the article lies in a gap', '第二条　依照本办法第三条之一处理。\n第五条　自发布之日起施行。'],
  ])('is left alone where %s', (_, text) => {
    expect(unresolved(HEAD + text)).toEqual([]);
  });
});
