import type { DocumentRule, Finding } from '../rule';
import { officialDocuments, placeOf } from './officialDocument';

/** A clause that asks the addressee for a decision or for funds; it begins with the request. */
const ASKED =
  /(?<=[，。；：！？、\n\s　]|为此|现|特|并|故|^)(?:恳请|敬请|请求|特请|特申请|现申请|拟申请|申请|请)(?:(?!审阅|审议|批转|指正|对|关于|将)[^，。；！？\n“”]){0,24}?(?:批准|批复|批示|审批|核准|拨付|拨款|划拨|给予(?:[^，。；！？\n]{0,12})支持|予以解决|帮助解决|协调解决)/g;
/** 关于……的请示报告: not a kind of document. 请示报告制度 and the like are about the duty to report. */
const DOUBLED = /请示报告(?=(?:[（(][^（）()]{1,20}[）)])?$)/;

export const request: DocumentRule = {
  id: 'document.request',
  scope: 'document',
  title: { zh: '报告夹带请示事项', en: 'Request inside a report' },
  reason: {
    zh: '不得在报告等非请示性公文中夹带请示事项；需要上级批准或解决的，另行请示。“请示报告”不是法定文种。',
    en: 'A report must not contain requests; ask a superior for a decision in a 请示. 请示报告 is not a type of document.',
  },
  authority: {
    zh: '《党政机关公文处理工作条例》第八条、第十五条',
    en: 'Regulation on official documents, articles 8 and 15',
  },
  tier: 'regulation',
  severity: 'warning',
  safeFix: false,
  suppresses: ['document.closing'],
  examples: {
    flagged: [
      {
        text: '关于报送防汛工作情况的报告\n青禾县人民政府：\n现将有关情况报告如下。\n汛期已平稳度过。⟦恳请县政府拨付⟧防汛经费三十万元。\n特此报告。',
      },
      { text: '关于防汛工作情况的报告\n青禾县人民政府：\n汛期将至，资金缺口较大，为此，⟦请县政府予以解决⟧。' },
      { text: '关于拨付防汛经费的⟦请示报告⟧\n县财政局：\n需要经费三十万元。' },
    ],
    clean: [
      {
        text: '关于报送防汛工作情况的报告\n青禾县人民政府：\n现将有关情况报告如下。\n防汛经费已经县政府批准拨付，向市里申请拨付的资金已到位。\n特此报告。',
      },
      { text: '关于拨付防汛经费的请示\n县财政局：\n恳请拨付防汛经费三十万元。\n妥否，请批示。' },
      { text: '2026年青禾县政府工作报告\n各位代表：\n请予审议，并请批准。' },
      { text: '关于防汛工作情况的报告\n青禾县人民政府：\n以上报告如无不妥，请批转各乡镇执行。' },
      { text: '关于印发重大事项请示报告制度的通知\n各乡镇人民政府：\n请认真执行，重大事项请报县政府批准。' },
      { text: '关于重大事项请示报告情况的通报\n各乡镇人民政府：\n执行情况良好。' },
    ],
  },

  check(analysis) {
    const { text } = analysis;
    const findings: Finding[] = [];
    for (const { genre, title, titleText, addressees, body } of officialDocuments(analysis)) {
      const heading = text.slice(title.start, title.end);
      const doubled = DOUBLED.exec(heading.trimEnd());
      if (doubled) {
        findings.push({
          ...placeOf(doubled, title.start),
          message: {
            zh: '没有“请示报告”这一文种：请求批准用“请示”，汇报情况用“报告”。',
            en: '请示报告 is not a type of document: use 请示 to ask and 报告 to report.',
          },
        });
        continue;
      }
      if (genre !== '报告' || !addressees || /预算|决算|计划执行|草案/.test(titleText)) continue;
      for (const match of text.slice(body.start, body.end).matchAll(ASKED)) {
        findings.push({
          ...placeOf(match, body.start),
          message: {
            zh: '报告里不能夹带请示事项，“{0}……”请另行请示。',
            en: 'A report must not ask for a decision (“{0}…”); send a 请示.',
            values: [match[0]],
          },
        });
      }
    }
    return findings;
  },
};
