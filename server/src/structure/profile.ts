/** Recognises the kind of text that decides which rules apply to a draft: a speech, an official document, a law. */

import type { Analysis, BlockKind, Section } from './analysis';
import { AnalysisMemo } from './analysisMemo';
import type { ProfileName } from './profileNames';

/** Fewer articles than this may be quoted from a law. */
const MIN_ARTICLES = 3;
/** The head and the tail of a text, which say what it is. */
const HEAD = 1_500;

const LAW_TITLE =
  /(?:法|条例|條例|办法|辦法|规定|規定|细则|細則|规则|規則|规范|規範|解释|解釋|章程|准则|準則|制度)(?:（[^（）]{1,30}）)?$/;
const SPEECH_TITLE =
  /(?:讲话|講話|致辞|致辭|演讲|演講|发言|發言|主持词|主持詞|工作报告|工作報告|述职报告|施政報告)(?:提纲|摘要|稿)?$/;
const OFFICIAL_TITLE =
  /(?:通知|通报|通報|通告|公告|公报|公報|意见|意見|决定|決定|决议|決議|命令|批复|批覆|函|请示|請示|纪要|紀要|方案|规划|規劃|计划|計劃|预案|預案|要点|要點|的令)(?:（[^（）]{1,20}）)?$/;
/** Salutations of an audience. */
const ADDRESS =
  /^[^\S\r\n\u2028\u2029]*(?:同志们|同志們|各位(?:代表|委员|委員|同志|领导|領導|来宾|來賓|議員)|朋友们|朋友們|女士们|女士們)/m;

const profiles = new AnalysisMemo(recognise);

/** The profile that the structure of a text shows; undefined if it shows none. */
export function recogniseProfile(analysis: Analysis): ProfileName | undefined {
  return profiles.of(analysis);
}

function recognise(analysis: Analysis): ProfileName | undefined {
  const { headings, blocks, text } = analysis;
  let [numbered, articles, chapters] = [0, 0, 0];
  let titleSection: Section | undefined;
  for (const section of headings) {
    const { marker, level, kind } = section;
    if (kind === 'title') titleSection ??= section;
    if (!marker || level > 2) continue;
    numbered++;
    if (kind === 'article') articles++;
    if (marker.family === 'chapter') chapters++;
  }
  const title = titleSection?.title ?? '';
  const inArticles = LAW_TITLE.test(title) || (articles + chapters) * 2 > numbered;
  if (articles >= MIN_ARTICLES && inArticles) return 'legislation';

  const has = (kind: BlockKind) => blocks.some((block) => block.kind === kind);
  const official =
    points(has('documentNumber'), 2) + points(has('signature'), 1) + points(OFFICIAL_TITLE.test(title), 2);
  const speech =
    points(SPEECH_TITLE.test(title), 2) +
    points(ADDRESS.test(text.slice(0, HEAD)), 2) +
    points(ADDRESS.test(text.slice(-HEAD)), 1) +
    points(/让我们|讓我們/.test(text.slice(-HEAD)), 1);
  if (Math.max(official, speech) < 2 || official === speech) return undefined;
  return official > speech ? 'official' : 'speech';
}

function points(holds: boolean, weight: number): number {
  return holds ? weight : 0;
}
