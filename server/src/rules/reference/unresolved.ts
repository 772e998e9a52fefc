import { prepareReferences } from '../../structure/referenceForms';
import { referencesOf } from '../../structure/references';
import { numeralLike } from '../../text/numerals';
import type { DocumentRule } from '../rule';

export const unresolvedReference: DocumentRule = {
  id: 'reference.unresolved',
  scope: 'document',
  title: { zh: '引用的条款不存在', en: 'Reference to a section that does not exist' },
  reason: {
    zh: '引用的章节、条款、附件应当能在文中找到；找不到，多半是增删条款后没有跟着改。',
    en: 'A reference must point to something in the text; otherwise sections were added or removed without updating it.',
  },
  authority: { zh: '惯例', en: 'practice' },
  tier: 'practice',
  severity: 'warning',
  safeFix: false,
  examples: {
    flagged: [
      {
        text: '青禾县防汛办法\n第一条　为了做好防汛工作，制定本办法。\n第二条　县水利局负责防汛工作。\n第三条　违反本办法⟦第六条⟧规定的，责令改正。\n第四条　本办法自发布之日起施行。',
      },
      {
        text: '关于开展检查的通知\n一、检查内容\n名单见⟦附件3⟧。\n二、工作要求\n各县要高度重视。\n\n附件1\n检查表\n青禾县\n\n附件2\n分组表\n望海区',
      },
      {
        text: '青禾县防汛办法\n第一条　为了做好防汛工作，制定本办法。\n第二条　违反本办法第三条⟦第二款⟧规定的，责令改正。\n第三条　各镇应当编制预案。\n第四条　本办法自发布之日起施行。',
      },
      {
        text: '青禾县防汛办法\n第一条　为了做好防汛工作，制定本办法。\n第二条　按照⟦第九条⟧的规定处理。\n第三条　县水利局负责防汛工作。',
      },
    ],
    clean: [
      {
        text: '青禾县防汛办法\n第一条　为了做好防汛工作，制定本办法。\n第二条　县水利局负责防汛工作。\n第三条　违反本办法第二条规定的，责令改正。\n第四条　本办法自发布之日起施行。',
      },
      {
        text: '青禾县防汛办法\n第一条　根据《云岭省防汛条例》第二十六条，制定本办法。\n第二条　依照民法典第一百八十八条处理。\n第三条　本办法自发布之日起施行。',
      },
      {
        text: '青禾县防汛办法\n第一条　为了做好防汛工作，制定本办法。\n第二条　违反本办法第三条第二款规定的，责令改正。\n第三条　各镇应当编制下列预案：\n（一）防汛预案；\n（二）抗旱预案。\n预案每年修订一次。\n第四条　本办法自发布之日起施行。',
      },
      {
        text: '青禾县防汛办法\n第一条　依照民法典的规定处理，民法典第九条、第十条没有规定的，按照第十一条的规定处理。\n第二条　县水利局负责防汛工作。',
      },
      { text: '一、总体要求\n按照通知第五条的要求办理，名单见附件3。\n二、工作要求\n依照第七条办理。' },
    ],
  },
  prepare: prepareReferences,

  check(analysis) {
    const { text } = analysis;
    return referencesOf(analysis).flatMap(({ parts, own }) => {
      const missing = parts.find(({ target, unit, certain }) => !target && (unit !== 'paragraph' || certain));
      if (!own || !missing?.certain) return [];
      const { start, end, numeral, nearest, path } = missing;
      const written = text.slice(numeral.start, numeral.end);
      const right = nearest === undefined || path ? undefined : numeralLike(written, nearest);
      return [
        {
          start,
          end,
          message: {
            zh: '文中没有“{0}”，请核对引用的序号',
            en: 'There is no “{0}” in this text; check the number',
            values: [text.slice(start, end)],
          },
          ...(right !== undefined && {
            fixes: [
              {
                title: {
                  zh: '改为“{0}”，即离它最近的一处',
                  en: 'Change to “{0}”, the nearest existing number',
                  values: [text.slice(start, numeral.start) + right + text.slice(numeral.end, end)],
                },
                edits: [{ start: numeral.start, end: numeral.end, newText: right }],
                safe: false,
              },
            ],
          }),
        },
      ];
    });
  },
};
