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
      // The third section of a row is in the chapter named first; what a decision amends is another text; the paragraphs of a
      // treaty are numbered.
      {
        text: '青禾县立法条例\n第一章　总则\n第一条　立法应当公开。\n第二章　权限\n第一节　一般规定\n第二条　立法应当有依据。\n第二节　程序\n第三条　提案应当有理由。\n第三节　其他规定\n第四条　文本应当公布。\n第三章　规章\n第一节　制定\n第五条　规章的制定，参照本条例第二章第一节、第二节、第三节的规定。\n第二节　备案\n第六条　规章应当备案。',
      },
      {
        text: '关于修改青禾县检测管理办法的决定\n第一条　对《青禾县检测管理办法》作如下修改：\n（一）第五条改为第七条，将第三款修改为：“主管部门应当审查。”\n（二）第八条改为第九条，删去第二款。\n第二条　本决定自公布之日起施行。',
      },
      {
        text: '青禾与东河合作协议\n第一条　目标\n一、双方加强合作。\n二、双方扩大开放。\n第二条　义务\n一、双方给予便利。\n二、双方可以协商。\n三、双方可以补充。\n四、根据本条第三款补充的措施纳入本协议。',
      },
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
