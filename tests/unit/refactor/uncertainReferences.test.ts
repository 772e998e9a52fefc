import { describe, expect, it } from 'vitest';
import { type Conversion, convertNumbering } from '../../../server/src/refactor/convertNumbering';
import type { EditCommandName } from '../../../server/src/refactor/editCommandNames';
import { EDIT_COMMANDS } from '../../../server/src/refactor/editCommands';
import { uncertainMessage } from '../../../server/src/refactor/uncertainReferences';
import { analyse } from '../../../server/src/structure/analyse';
import { applyEdits } from '../../../server/src/text/textEdit';

/** The references that `command` at `mark` lists as uncertain, and the resulting text. */
function run(command: EditCommandName, text: string, mark = ''): { uncertain: string[]; result: string } {
  const analysis = analyse(text);
  const outcome = EDIT_COMMANDS[command](analysis, text.indexOf(mark), undefined);
  if ('message' in outcome) throw new Error(outcome.message.zh);
  const uncertain = (outcome.uncertain ?? []).map(({ start, end }) => text.slice(start, end));
  return { uncertain, result: applyEdits(text, outcome.edits) };
}

const HEAD = '青禾县护林办法\n第一条　为了保护山林，制定本办法。\n';

describe('references that a renumbering leaves uncertain', () => {
  it('are those that may mean another text, and none that surely mean this one', () => {
    const text = `${HEAD}第二条　县林业局护林。\n第四条　镇政府巡山。\n第五条　森林法规定的除外，第四条另有规定。违反本办法第四条的，责令改正。\n第六条　自发布之日起施行。`;
    const { uncertain, result } = run('renumberDocument', text);
    expect(uncertain).toEqual(['第四条']);
    expect(result).toContain('第四条　森林法规定的除外，第四条另有规定。违反本办法第三条的，责令改正。');
  });

  it('are those to an article that is gone, where another takes its number', () => {
    const text = `${HEAD}第二条　县林业局护林。\n第四条　违反本办法第三条的，责令改正。\n第五条　自发布之日起施行。`;
    expect(run('renumberDocument', text).uncertain).toEqual(['第三条']);
    const parts =
      '青禾县讲话\n一、修渠\n内容。\n二、植树\n对照第三部分的要求抓好落实。\n四、办学\n内容。\n五、修路\n内容。';
    expect(run('renumberDocument', parts).uncertain).toEqual(['第三部分']);
  });

  it('are those to a number that stands twice', () => {
    const text = `${HEAD}第二条　县林业局护林。\n第二条　镇政府巡山。\n第三条　违反本办法第二条的，责令改正。\n第四条　自发布之日起施行。`;
    expect(run('renumberDocument', text).uncertain).toEqual(['第二条']);
  });

  it('are none where all is sure, or keeps its number', () => {
    const sure = `${HEAD}第三条　县林业局护林。\n第四条　违反本办法第三条的，责令改正；森林法规定的除外，第一条另有规定。\n第五条　违反前条规定的，予以警告。`;
    const { uncertain, result } = run('renumberDocument', sure);
    expect(uncertain).toEqual([]);
    expect(result).toContain('违反本办法第二条的');
    const other = `${HEAD}第三条　县林业局护林。\n第四条　依照刑法第三百四十五条处理，《云岭省护林条例》第三条另有规定。`;
    expect(run('renumberDocument', other).uncertain).toEqual([]);
  });

  it('has the number of an inserted article follow its article', () => {
    const text = `${HEAD}第三条　县林业局护林。\n第三条之一　镇政府巡山。\n第四条　违反本办法第三条之一的，责令改正。\n第五条　自发布之日起施行。`;
    const { uncertain, result } = run('renumberDocument', text);
    expect(uncertain).toEqual([]);
    expect(result).toContain('第二条之一　镇政府巡山。\n第三条　违反本办法第二条之一的');
    const uneven = text.replace('第三条之一　镇', '第三条之二　镇').replace('第三条之一的', '第三条之二的');
    const moved = run('renumberDocument', uneven);
    expect(moved.result).toContain('第二条之一　镇政府巡山。\n第三条　违反本办法第二条之一的');
    expect(moved.uncertain).toEqual([]);
  });
});

describe('references that a move leaves uncertain', () => {
  const law = `${HEAD}第二条　县林业局护林。\n第三条　违反前条规定的，责令改正。\n第四条　镇政府巡山。\n第五条　自发布之日起施行。`;

  it('are 前条 behind another article', () => {
    expect(run('moveSectionDown', law, '第二条　').uncertain).toEqual(['前条']);
    expect(run('moveSectionDown', law, '第三条　').uncertain).toEqual(['前条']);
    expect(run('insertSection', law, '第二条　').uncertain).toEqual(['前条']);
  });

  it('are none where 前条 stays behind its own', () => {
    expect(run('moveSectionDown', law, '第四条　').uncertain).toEqual([]);
    expect(run('insertSection', law, '第三条　').uncertain).toEqual([]);
  });

  it('are told with their lines before the edit', () => {
    const analysis = analyse(law);
    const start = law.indexOf('前条');
    expect(uncertainMessage(analysis, [{ start, end: start + 2 }])).toMatchObject({
      values: [1, '第4行“前条”', 'line 4 “前条”'],
    });
    expect(uncertainMessage(analysis, [])).toBeUndefined();
  });
});

describe('references that a change of scheme leaves uncertain', () => {
  const convert = (text: string, conversion: Conversion) => {
    const outcome = convertNumbering(analyse(text), conversion);
    if ('message' in outcome) throw new Error(outcome.message.zh);
    const uncertain = (outcome.uncertain ?? []).map(({ start, end }) => text.slice(start, end));
    return { uncertain, result: applyEdits(text, outcome.edits) };
  };
  const LAW = `${HEAD}第二条　县林业局护林。\n第三条　镇政府巡山。\n`;

  it('are those that may mean another text, and 前条 where there are no articles any more', () => {
    const text = `${LAW}第四条　森林法规定的除外，第三条另有规定。违反本办法第二条的，依照前条处理。\n第五条　自发布之日起施行。`;
    const { uncertain, result } = convert(text, { scheme: 'official' });
    expect(uncertain).toEqual(['第三条', '前条']);
    expect(result).toContain('违反本办法第二部分的');
  });

  it('are those to a number that stands twice, which nothing writes anew', () => {
    const text = `${HEAD}第二条　县林业局护林。\n第二条　镇政府巡山。\n第三条　违反本办法第二条的，责令改正。\n第四条　自发布之日起施行。`;
    const { uncertain, result } = convert(text, { scheme: 'official' });
    expect(uncertain).toEqual(['第二条']);
    expect(result).toContain('违反本办法第二条的');
  });

  it('are those that another section answers to afterwards', () => {
    const text =
      '青禾县讲话\n一、修渠\n（一）东渠\n内容。\n（二）西渠\n内容。\n二、植树\n（一）东山\n内容。\n（二）西山\n见本讲话第四条。\n三、办学\n内容。';
    expect(convert(text, { scheme: 'legislation' }).uncertain).toEqual(['第四条']);
  });

  it('are not 前款 and 第二项, which count what has no such number', () => {
    const text = `${LAW.replace('镇政府巡山。', '镇政府做好下列工作：\n（一）巡山；\n（二）护林。\n前款规定的工作由专人负责，前款第二项另行规定。')}第四条　违反第三条第一项、第二项的，依照前款处理。\n第五条　自发布之日起施行。`;
    for (const scheme of ['official', 'parts', 'decimal'] as const)
      expect([scheme, convert(text, { scheme }).uncertain.filter((words) => /[款项]/.test(words))]).toEqual([
        scheme,
        [],
      ]);
  });

  it('are none where all follow, keep their number, or mean another text', () => {
    const follows = `${LAW}第四条　违反本办法第三条的，责令改正；依照刑法第三条处理，《云岭省护林条例》第二条另有规定。\n第五条　自发布之日起施行。`;
    expect(convert(follows, { scheme: 'official' }).uncertain).toEqual([]);
    const parts = '青禾县讲话\n一、修渠\n内容。\n二、植树\n对照第一部分的要求，落实本讲话第一部分。\n三、办学\n内容。';
    expect(convert(parts, { scheme: 'parts' }).uncertain).toEqual([]);
    const lower = `${LAW.replace('镇政府巡山。', '镇政府做好下列工作：\n（一）巡山；\n（二）护林。')}第四条　违反前条的，第三条另有规定。\n第五条　自发布之日起施行。`;
    expect(convert(lower, { kind: 'arabic', level: 2 }).uncertain).toEqual([]);
  });
});
