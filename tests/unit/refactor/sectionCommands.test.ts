import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditOutcome } from '../../../server/src/refactor/editOutcome';
import {
  deleteSection,
  demoteSection,
  extractSection,
  insertSection,
  promoteSection,
} from '../../../server/src/refactor/sectionCommands';
import { moveSectionDown, moveSectionUp } from '../../../server/src/refactor/swapSections';
import { lint } from '../../../server/src/rules/lint';
import { analyse } from '../../../server/src/structure/analyse';
import type { Analysis, DocumentKind } from '../../../server/src/structure/analysis';
import { ownEnd } from '../../../server/src/structure/closing';
import { sectionAt } from '../../../server/src/structure/sections';
import { applyEdits } from '../../../server/src/text/textEdit';

type Command = (analysis: Analysis, offset: number) => EditOutcome;

/** The text after `command` at |, with the caret drawn; or the message to the writer. */
function textAfter(command: Command, drawn: string, kind: DocumentKind = 'policytext'): string {
  const offset = drawn.indexOf('|');
  const text = drawn.replace('|', '');
  const outcome = command(analyse(text, kind), offset);
  if ('message' in outcome) return outcome.message.zh;
  const result = applyEdits(text, outcome.edits);
  const caret = outcome.caret ?? offset;
  return `${result.slice(0, caret)}|${result.slice(caret)}`;
}

const PLAN = `一、总体要求
内容。
二、重点|任务
（一）修渠。抓紧开工。
（二）植树。及时补植。

三、保障措施
（一）加强领导。落实责任。
（二）严格督查。定期通报。
`;

describe('moving a section', () => {
  const down = `一、总体要求
内容。
二、保障措施
（一）加强领导。落实责任。
（二）严格督查。定期通报。

三、重点|任务
（一）修渠。抓紧开工。
（二）植树。及时补植。
`;

  it('takes everything under it along, and numbers its siblings anew', () => {
    expect(textAfter(moveSectionDown, PLAN)).toBe(down);
    expect(textAfter(moveSectionUp, down)).toBe(PLAN);
  });

  it('lets numbers that run on across sections run on', () => {
    const text =
      '一、修渠\n（一）勘测。\n（二）施工。\n二、植|树\n（三）选苗。\n（四）栽种。\n（五）养护。\n三、办学\n（六）选址。';
    expect(textAfter(moveSectionUp, text)).toBe(
      '一、植|树\n（一）选苗。\n（二）栽种。\n（三）养护。\n二、修渠\n（四）勘测。\n（五）施工。\n三、办学\n（六）选址。',
    );
  });

  it('moves decimal numbers below along', () => {
    const text =
      '1　总则\n1.1　目的\n内容。\n1.2　范围\n内容。\n2　体|系\n2.1　机构\n内容。\n2.2　职责\n内容。\n2.3　会商\n内容。';
    expect(textAfter(moveSectionUp, text)).toBe(
      '1　体|系\n1.1　机构\n内容。\n1.2　职责\n内容。\n1.3　会商\n内容。\n2　总则\n2.1　目的\n内容。\n2.2　范围\n内容。',
    );
  });

  it('works in a flattened text and in Markdown', () => {
    const words = '各乡镇要提前谋划，主动对接，确保各项任务落到实处。'.repeat(12);
    expect(
      textAfter(
        moveSectionDown,
        `现通知如下。 一、总体要求 ${words} 二、重点|任务 修渠植树。${words} 三、保障措施 ${words}`,
      ),
    ).toBe(`现通知如下。 一、总体要求 ${words} 二、保障措施 ${words} 三、重点|任务 修渠植树。${words}`);
    expect(textAfter(moveSectionUp, '## 一、修渠\n\n内容。\n\n## 二、|植树\n\n养护。\n', 'markdown')).toBe(
      '## 一、|植树\n\n养护。\n\n## 二、修渠\n\n内容。\n',
    );
  });

  it('says where there is nowhere to go', () => {
    expect(textAfter(moveSectionUp, '一、修|渠\n内容。\n二、植树\n内容。')).toBe('已经是本组的第一节。');
    expect(textAfter(moveSectionDown, '一、修渠\n内容。\n二、植|树\n内容。')).toBe('已经是本组的最后一节。');
    expect(textAfter(moveSectionDown, '今年|要抓好落实。')).toBe('光标不在任何章节中。');
    expect(textAfter(moveSectionDown, '首先|，抓好春耕。\n其次，抓好防汛。')).toContain('序号');
  });
});

describe('moving an article over the border of a chapter', () => {
  const law =
    '青禾县堤防办法\n第一章　总则\n第一条　为了保护堤防，制定本办法。\n第二条　县水利局负责堤防。\n第二章　巡查\n第三条　违反本办法第二条的，责令改正。\n第四条　按照本办法第三条处理。\n第三章　附则\n第五条　本办法自发布之日起施行。\n';
  const at = (mark: string, text = law) => text.replace(mark, `${mark}|`);

  it('leaves the chapters in place, and takes numbers and references along', () => {
    const pastHead = law.replace(
      '第二条　县水利局负责堤防。\n第二章　巡查\n',
      '第二章　巡查\n第二条　县水利局负责堤防。\n',
    );
    expect(textAfter(moveSectionDown, at('第二条　县'))).toBe(pastHead.replace('第二条　县', '|第二条　县'));
    expect(textAfter(moveSectionUp, at('第二条　县', pastHead))).toBe(law.replace('第二条　县', '|第二条　县'));
    // From the new chapter it moves on among its articles.
    expect(textAfter(moveSectionDown, at('第二条　县', pastHead))).toContain(
      '第二章　巡查\n第二条　违反本办法第三条的，责令改正。\n第三条　县|水利局负责堤防。\n第四条　按照本办法第二条处理。\n',
    );
  });

  it('goes into a chapter without articles, and through those with sections to the next of them', () => {
    const bare =
      '第一章　总则\n第一条　为了防汛。\n第二条　分工负责。\n第二章　职责\n第三章　附则\n第三条　自发布之日起施行。\n';
    expect(textAfter(moveSectionDown, at('第二条　分', bare))).toBe(
      '第一章　总则\n第一条　为了防汛。\n第二章　职责\n|第二条　分工负责。\n第三章　附则\n第三条　自发布之日起施行。\n',
    );
    expect(textAfter(moveSectionUp, at('第三条　自', bare))).toBe(
      '第一章　总则\n第一条　为了防汛。\n第二条　分工负责。\n第二章　职责\n|第三条　自发布之日起施行。\n第三章　附则\n',
    );
    const divided =
      '第一章　总则\n第一条　为了防汛。\n第二条　分工负责。\n第二章　职责\n第一节　镇\n第三条　镇政府巡查。\n第四条　镇政府值守。\n第二节　村\n第五条　村民配合。\n';
    expect(textAfter(moveSectionDown, at('第二条　分', divided))).toBe(
      '第一章　总则\n第一条　为了防汛。\n第二章　职责\n第一节　镇\n|第二条　分工负责。\n第三条　镇政府巡查。\n第四条　镇政府值守。\n第二节　村\n第五条　村民配合。\n',
    );
    expect(textAfter(moveSectionUp, at('第五条　村', divided))).toContain(
      '第四条　镇政府值守。\n|第五条　村民配合。\n第二节　村\n',
    );
  });

  it('stops at the ends of the text, and chapters still change places whole', () => {
    expect(textAfter(moveSectionUp, at('第一条　为'))).toBe('已经是本组的第一节。');
    expect(textAfter(moveSectionDown, at('第五条　本'))).toBe('已经是本组的最后一节。');
    expect(textAfter(moveSectionDown, at('第一章　总'))).toContain('第一章　巡查\n第一条　违反本办法第四条的');
    expect(textAfter(moveSectionDown, '一、修渠\n（一）勘测。\n（二）施|工。\n二、植树\n（一）选苗。\n')).toBe(
      '已经是本组的最后一节。',
    );
  });
});

describe('deleting a section', () => {
  it('closes the gap, and corrects the count that announced it', () => {
    expect(
      textAfter(
        deleteSection,
        '下面，我讲三点意见。\n一、修渠\n内容。\n二、植|树\n内容。\n（一）选苗。\n三、办学\n内容。\n',
      ),
    ).toBe('下面，我讲两点意见。\n一、修渠\n内容。\n|二、办学\n内容。\n');
  });

  it('leaves the end of the text as it was', () => {
    expect(textAfter(deleteSection, '一、修渠\n内容。\n\n二、植|树\n内容。\n')).toBe('一、修渠\n内容。|\n');
  });

  it('takes an attachment with its own sign-off', () => {
    const text =
      '一、修渠\n内容。\n二、植树\n内容。\n\n附件1|\n修渠报告\n现报告如下。\n县水利局\n2024年3月1日\n\n附件2\n清单\n';
    expect(textAfter(deleteSection, text)).toBe('一、修渠\n内容。\n二、植树\n内容。\n\n|附件2\n清单\n');
  });

  it('takes an attachment with all its sections', () => {
    const text =
      '一、修渠\n内容。\n二、植树\n内容。\n\n附件|1\n修渠清单\n一、东渠\n内容。\n二、西渠\n内容。\n\n附件2\n植树清单\n一、南山\n内容。\n';
    expect(textAfter(deleteSection, text)).toBe(
      '一、修渠\n内容。\n二、植树\n内容。\n\n|附件2\n植树清单\n一、南山\n内容。\n',
    );
  });
});

describe('the closing of a speech', () => {
  const speech = '一、修渠\n内容。\n二、植树\n内容。\n三、办学\n内容。\n同志们，让我们一起努力！\n';

  it('stays at the end when the last section moves, goes or gets a sibling', () => {
    const at = (mark: string) => speech.replace(mark, `${mark}|`);
    expect(textAfter(moveSectionUp, at('三、办'))).toBe(
      '一、修渠\n内容。\n二、办|学\n内容。\n三、植树\n内容。\n同志们，让我们一起努力！\n',
    );
    expect(textAfter(deleteSection, at('三、办'))).toBe(
      '一、修渠\n内容。\n二、植树\n内容。\n|同志们，让我们一起努力！\n',
    );
    expect(textAfter(insertSection, at('三、办'))).toBe(
      '一、修渠\n内容。\n二、植树\n内容。\n三、办学\n内容。\n四、|\n同志们，让我们一起努力！\n',
    );
  });

  it('is what stands apart from the last of a list of single paragraphs', () => {
    const text = '（一）修渠。抓紧。\n（二）植树。抓紧。\n（三）办学。抓紧。\n（四）修|路。抓紧。\n各镇要按期完成。\n';
    expect(textAfter(moveSectionUp, text)).toBe(
      '（一）修渠。抓紧。\n（二）植树。抓紧。\n（三）修|路。抓紧。\n（四）办学。抓紧。\n各镇要按期完成。\n',
    );
  });

  it('is no paragraph of a section that goes on', () => {
    const text = '一、修|渠\n内容。\n同志们，水是命脉。\n二、植树\n内容。\n';
    expect(textAfter(moveSectionDown, text)).toBe('一、植树\n内容。\n二、修|渠\n内容。\n同志们，水是命脉。\n');
  });
});

describe('a printed table of contents', () => {
  const plan =
    '青禾县水利规划\n目　录\n一、修渠……1\n（一）东渠（新建）……2\n（二）西渠……3\n二、植树……4\n三、办学……5\n一、修渠\n（一）东渠(新建)\n内容。\n（二）西渠\n内容。\n二、植|树\n内容。\n三、办学\n内容。\n';

  it('has its entries in the order of the sections', () => {
    expect(textAfter(moveSectionUp, plan)).toBe(
      '青禾县水利规划\n目　录\n一、植树……4\n二、修渠……1\n（一）东渠（新建）……2\n（二）西渠……3\n三、办学……5\n一、植|树\n内容。\n二、修渠\n（一）东渠(新建)\n内容。\n（二）西渠\n内容。\n三、办学\n内容。\n',
    );
  });

  it('loses those of a section that is deleted', () => {
    expect(textAfter(deleteSection, plan)).toBe(
      '青禾县水利规划\n目　录\n一、修渠……1\n（一）东渠（新建）……2\n（二）西渠……3\n二、办学……5\n一、修渠\n（一）东渠(新建)\n内容。\n（二）西渠\n内容。\n|二、办学\n内容。\n',
    );
  });

  it('has their new numbers', () => {
    expect(textAfter(insertSection, plan)).toContain('二、植树……4\n四、办学……5\n一、修渠');
    expect(textAfter(demoteSection, plan)).toContain('（二）西渠……3\n（三）植树……4\n二、办学……5\n一、修渠');
  });
});

describe('chapters and articles', () => {
  const law =
    '第一章　总则\n第一条　为了|防汛，制定本办法。\n第二条　分工负责。\n第二章　职|责\n第三条　镇政府负责巡查。\n第四条　村民应当配合。\n';

  it('do not become each other', () => {
    expect(textAfter(promoteSection, law.replace('职|责', '职责'))).toContain('不能与章、节互换');
    expect(textAfter(demoteSection, law.replace('为了|', '为了'))).toContain('不能与章、节互换');
  });

  it('let articles run on when a chapter or a division moves', () => {
    expect(textAfter(moveSectionUp, law.replace('为了|', '为了'))).toBe(
      '第一章　职|责\n第一条　镇政府负责巡查。\n第二条　村民应当配合。\n第二章　总则\n第三条　为了防汛，制定本办法。\n第四条　分工负责。\n',
    );
    const divided =
      '第一章　总则\n第一节　目的\n第一条　为了防汛，制定本办法。\n第二节　职|责\n第二条　镇政府负责巡查。\n第三条　村民应当配合。\n';
    const lifted =
      '第一章　总则\n第一节　目的\n第一条　为了防汛，制定本办法。\n第二章　职|责\n第二条　镇政府负责巡查。\n第三条　村民应当配合。\n';
    expect(textAfter(promoteSection, divided)).toBe(lifted);
    expect(textAfter(demoteSection, lifted)).toBe(divided);
  });
});

describe('extracting a section', () => {
  it('deletes it and hands its text over', () => {
    const text = '一、修渠\n内容。\n二、植树\n（一）选苗。抓紧。\n三、办学\n内容。\n';
    const outcome = extractSection(analyse(text), text.indexOf('二、'));
    expect('edits' in outcome && applyEdits(text, outcome.edits)).toBe('一、修渠\n内容。\n二、办学\n内容。\n');
    expect('edits' in outcome && outcome.extracted).toBe('二、植树\n（一）选苗。抓紧。\n');
    expect('extracted' in extractSection(analyse('今年要抓好落实。'), 0)).toBe(false);
  });
});

describe('inserting a section', () => {
  it('makes room for it after this one', () => {
    expect(textAfter(insertSection, '一、修|渠\n（一）勘测。做实。\n二、植树\n内容。\n')).toBe(
      '一、修渠\n（一）勘测。做实。\n二、|\n三、植树\n内容。\n',
    );
    expect(textAfter(insertSection, '第一条　为了|防汛，制定本办法。\n第二条　分工负责。')).toBe(
      '第一条　为了防汛，制定本办法。\n第二条　|\n第三条　分工负责。',
    );
  });
});

describe('the section that a command means', () => {
  const text = '　　一、修渠\n　　内容。\n　　二、植树\n　　内容。\n\n　　三、办学\n　　内容。\n';
  const second = '　　一、修渠\n　　内容。|\n\n　　二、办学\n　　内容。\n';

  it.each([
    ['　　二、', '|　　二、'],
    ['　　二、', '　|　二、'],
    ['\n\n　　三、', '\n|\n　　三、'],
    ['植树\n　　内容。\n', '植树\n　　内容。| \n'],
  ])('is the one whose heading follows in the line, or whose words end before the blanks: %#', (place, drawn) => {
    expect(textAfter(deleteSection, text.replace(place, drawn))).toBe(second);
  });

  it('is the one whose # or number without words the caret stands behind', () => {
    const law =
      '# 青禾县防汛办法\n\n## 第一章 总则\n\n第一条 为了防汛。\n\n第二条 |\n\n## 第二章 职责\n\n第三条 分工。\n';
    expect(textAfter(deleteSection, law, 'markdown')).toBe(
      '# 青禾县防汛办法\n\n## 第一章 总则\n\n第一条 为了防汛。\n\n|## 第二章 职责\n\n第二条 分工。\n',
    );
    const chapters = law.replace(' |', ' 分工。').replace('## 第二', '|## 第二');
    expect(textAfter(deleteSection, chapters, 'markdown')).toBe(
      '# 青禾县防汛办法\n\n## 第一章 总则\n\n第一条 为了防汛。\n\n第二条 分工。|\n',
    );
  });

  it('leaves the sign-off set off', () => {
    expect(textAfter(deleteSection, '一、修渠\n内容。\n二、植|树\n内容。\n\n青禾县水务局\n2026年3月1日\n')).toBe(
      '一、修渠\n内容。|\n\n青禾县水务局\n2026年3月1日\n',
    );
  });

  it('is none behind a sign-off', () => {
    const signed = '一、修渠\n内容。\n二、植树\n内容。\n\n青禾县水务局\n2026年3月1日\n|\n';
    expect(textAfter(deleteSection, signed)).toContain('不在任何章节中');
  });
});

describe('a section without a number', () => {
  const note = '# 防汛方案\n\n## 背景\n\n今年多雨。\n\n## 任|务\n\n抓紧修渠。\n\n## 分工\n\n各镇负责。\n';

  it('changes places with its neighbours', () => {
    const up = '# 防汛方案\n\n## |任务\n\n抓紧修渠。\n\n## 背景\n\n今年多雨。\n\n## 分工\n\n各镇负责。\n';
    expect(textAfter(moveSectionUp, note, 'markdown')).toBe(up);
    expect(textAfter(moveSectionDown, up, 'markdown')).toBe(note.replace('任|务', '|任务'));
    expect(textAfter(moveSectionUp, up, 'markdown')).toContain('第一节');
    expect(textAfter(moveSectionUp, note.replace('|', '').replace('防汛', '防|汛'), 'markdown')).toMatch(
      /第一节|不能移动/,
    );
  });
});

describe('a section that is inserted', () => {
  it('is set off as its siblings are', () => {
    expect(textAfter(insertSection, '## 一、修|渠\n\n内容。\n\n## 二、植树\n\n内容。\n', 'markdown')).toBe(
      '## 一、修渠\n\n内容。\n\n## 二、|\n\n## 三、植树\n\n内容。\n',
    );
    expect(textAfter(insertSection, '## 一、修|渠\n\n内容。\n', 'markdown')).toBe(
      '## 一、修渠\n\n内容。\n\n## 二、|\n',
    );
    expect(textAfter(insertSection, '一、修渠\r\n内容。\r\n\r\n二、植|树\r\n内容。')).toBe(
      '一、修渠\r\n内容。\r\n\r\n二、植树\r\n内容。\r\n\r\n三、|',
    );
  });

  it('goes without the closing of the text', () => {
    const speech = '一、修渠\n内容。\n二、植树\n内容。\n三、|\n同志们，让我们一起努力！\n';
    expect(textAfter(deleteSection, speech)).toBe('一、修渠\n内容。\n二、植树\n内容。\n|同志们，让我们一起努力！\n');
  });
});

describe('inserting a section into a flattened text', () => {
  it('keeps it flattened', () => {
    const words = '各乡镇要提前谋划，主动对接，确保各项任务落到实处。'.repeat(12);
    expect(textAfter(insertSection, `现通知如下。 一、总体|要求 ${words} 二、保障措施 ${words}`)).toBe(
      `现通知如下。 一、总体要求 ${words} 二、| 三、保障措施 ${words}`,
    );
  });
});

describe('promoting and demoting a section', () => {
  const low = `一、总体要求
内容。
二、重点任务
（一）修渠。抓紧开工。
（二）植|树。及时补植。
1.选苗。选用乡土树种。
（三）办学。配齐教师。
三、保障措施
内容。
`;
  const high = `一、总体要求
内容。
二、重点任务
（一）修渠。抓紧开工。
三、植|树。及时补植。
（一）选苗。选用乡土树种。
（二）办学。配齐教师。
四、保障措施
内容。
`;

  it('lifts it, its children, and takes the siblings behind it under it', () => {
    expect(textAfter(promoteSection, low)).toBe(high);
  });

  it('puts it under the sibling before it', () => {
    expect(textAfter(demoteSection, high)).toBe(`一、总体要求
内容。
二、重点任务
（一）修渠。抓紧开工。
（二）植|树。及时补植。
1.选苗。选用乡土树种。
2.办学。配齐教师。
三、保障措施
内容。
`);
  });

  it('writes decimal numbers in full, and sets them off', () => {
    const text = '1　总则\n1.1　目的\n内容。\n1.2　范|围\n内容。\n2　体系\n2.1　机构\n内容。';
    const up = '1　总则\n1.1　目的\n内容。\n2　范|围\n内容。\n3　体系\n3.1　机构\n内容。';
    expect(textAfter(promoteSection, text)).toBe(up);
    expect(textAfter(demoteSection, up)).toBe(text);
  });

  it('goes one level further down where the text has no example', () => {
    expect(textAfter(demoteSection, '1　总则\n1.1　目的\n内容。\n1.2　范|围\n内容。\n1.3　原则\n内容。')).toBe(
      '1　总则\n1.1　目的\n内容。\n1.1.1　范|围\n内容。\n1.2　原则\n内容。',
    );
    expect(textAfter(demoteSection, '一、修渠\n内容。\n二、植|树\n内容。\n三、办学\n内容。')).toBe(
      '一、修渠\n内容。\n（一）植|树\n内容。\n二、办学\n内容。',
    );
  });

  it('has no blank after 一、 where 第二章 had one, and takes a # away', () => {
    const text = '# 第一章　总则\n## 一、目的\n内容。\n# 第二章　机|构\n内容。\n# 第三章　附则\n内容。';
    expect(textAfter(demoteSection, text, 'markdown')).toBe(
      '# 第一章　总则\n## 一、目的\n内容。\n## 二、机|构\n内容。\n# 第二章　附则\n内容。',
    );
  });

  it('lifts any item of a list that skips a level', () => {
    const head = '一、甲项\n（一）修桥\n内容。\n（二）修闸\n内容。\n二、乙项\n';
    const items = ['1. 修路', '2. 修|渠', '3. 修塘'].map((item) => `${item}\n内容。\n`);
    expect(textAfter(promoteSection, head + items.join(''))).toBe(
      `${head}1. 修路\n内容。\n三、修|渠\n内容。\n1. 修塘\n内容。\n`,
    );
  });

  it('says where there is no such level', () => {
    expect(textAfter(promoteSection, '一、修|渠\n内容。\n二、植树\n内容。')).toBe('已经是最高一级。');
    expect(textAfter(demoteSection, '一、修|渠\n内容。\n二、植树\n内容。')).toContain('前面没有同级');
    expect(textAfter(demoteSection, '①修渠。\n②植|树。\n③办学。')).toContain('没有更低一级');
  });
});

const commands: Record<string, Command> = {
  moveSectionUp,
  moveSectionDown,
  promoteSection,
  demoteSection,
  deleteSection,
  insertSection,
};

/** A newly inserted section has no words yet; without its brackets a text may lose the habit of half-width ones. */
const INTENDED = new Set(['heading.empty', 'numbering.marker-punctuation']);

/** Broken numbers and misplaced headings. */
function defects(analysis: Analysis): number {
  return lint(analysis).filter(({ rule: { id } }) => /^(?:numbering|heading)\./.test(id) && !INTENDED.has(id)).length;
}

/** The lines of `text` without their indents, in any order: nothing was lost or added. */
const words = (text: string) => text.split(/\s+/).sort();

function staysClean(text: string, kind: DocumentKind, runs: number): void {
  const analysis = analyse(text, kind);
  const before = defects(analysis);
  const places = analysis.headings.length > 0 ? analysis.headings.map(({ span }) => span.start) : [0];
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(commands)), fc.constantFrom(...places), (name, place) => {
      const outcome = (commands[name] as Command)(analysis, place);
      if ('message' in outcome) return;
      const result = applyEdits(text, outcome.edits);
      expect(defects(analyse(result, kind))).toBeLessThanOrEqual(before);
      expect(outcome.caret).toBeGreaterThanOrEqual(0);
      expect(outcome.caret).toBeLessThanOrEqual(result.length);
      // Moving down can be reverted by moving up, if the numbers were right and there is no closing.
      if (name !== 'moveSectionDown' || before > 0) return;
      const moved = analyse(result, kind);
      const now = sectionAt(moved, outcome.caret as number);
      if (!now || ownEnd(moved, now) < now.span.end) return;
      const back = moveSectionUp(moved, outcome.caret as number);
      if ('edits' in back) expect(words(applyEdits(result, back.edits))).toEqual(words(text));
    }),
    { numRuns: runs },
  );
}

describe('after any command at any section the text is as clean as before', () => {
  const samples = 'corpus/samples';
  const names = fs.readdirSync(samples).filter((name) => name !== 'README.md');
  it.each(names)('%s', (name) => {
    staysClean(fs.readFileSync(path.join(samples, name), 'utf8'), name.endsWith('.md') ? 'markdown' : 'policytext', 40);
  });

  const shared = '../shared';
  describe.skipIf(!fs.existsSync(`${shared}/gold`))('the shared documents', () => {
    const folders = fs.existsSync(`${shared}/corpus`) ? fs.readdirSync(`${shared}/corpus`) : [];
    const files = folders.flatMap((folder) =>
      fs.readdirSync(`${shared}/corpus/${folder}`).map((name) => `${folder}/${name}`),
    );
    it.each(files)('%s', (name) => {
      const kind = name.endsWith('.md') ? 'markdown' : 'policytext';
      staysClean(fs.readFileSync(`${shared}/corpus/${name}`, 'utf8'), kind, 6);
    });

    const gold = fs.existsSync(`${shared}/gold`) ? fs.readdirSync(`${shared}/gold`) : [];
    it.each(gold)('%s', (name) => {
      const { document } = JSON.parse(fs.readFileSync(`${shared}/gold/${name}`, 'utf8')) as { document: string };
      staysClean(fs.readFileSync(path.join(shared, document), 'utf8'), 'policytext', 12);
    });
  });

  const piece = fc.constantFrom(
    ...['一、', '二、', '三、', '（一）', '（二）', '1.', '2.', '1.1 ', '2.1 ', '①', '第一条　', '第二章　', '壹、'],
    ...['修渠植树', '内容。', '\n', '\n', '\r\n', '附件1\n', '一是修路；', '首先，', '**', '# ', '　', '\ud800'],
  );
  it('whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom(...Object.values(commands)),
        fc.nat(100),
        fc.constantFrom<DocumentKind>('policytext', 'markdown'),
        (pieces, command, offset, kind) => {
          const text = pieces.join('');
          const analysis = analyse(text, kind);
          const outcome = command(analysis, Math.min(offset, text.length));
          if ('message' in outcome) return;
          expect(defects(analyse(applyEdits(text, outcome.edits), kind))).toBeLessThanOrEqual(defects(analysis));
        },
      ),
      { numRuns: 300 },
    );
  });
});
