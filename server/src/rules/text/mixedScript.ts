import { annotationSystem } from '../../repair/pinyinAnnotation';
import { holdsBothScripts, scriptOfDraft } from '../../structure/script';
import { isHan } from '../../text/characters';
import { scriptShownBy, simplifiedForm, traditionalForm } from '../../text/script';
import type { DocumentRule, Finding } from '../rule';
import { damageOf } from './damage';

/** With fewer characters of one script than this the text's script is uncertain. */
const MIN_COUNT = 8;
/** At most one in this many may be of the other script; a text with more of them is written in both. */
const RARE = 6;
/** From this often on, without the other form once, a form is how a text in traditional script writes the character. */
const HABIT = 3;
/** Used in names in simplified text too: 《通用规范汉字表》 (2013) restored them as standard. */
const IN_NAMES = new Set([...'昇陞頫龢甦祕'].map((character) => character.charCodeAt(0)));

const OPENERS = '《〈“‘「『';
const CLOSERS = '》〉”’」』';

export const mixedScript: DocumentRule = {
  id: 'text.mixed-script',
  scope: 'document',
  title: { zh: '繁简混用', en: 'Two scripts in one text' },
  reason: {
    zh: '全文用一种字形，个别字却用了另一种，多半是从别处粘贴时带来的。书名、引文中的字不提示。',
    en: 'The text is in one script except for a few characters, which were mostly pasted from elsewhere. Titles and quotations are not checked.',
  },
  authority: {
    zh: '《国家通用语言文字法》、行文惯例',
    en: 'Law on the Standard Spoken and Written Chinese Language; practice',
  },
  tier: 'practice',
  severity: 'information',
  safeFix: false,
  findsNames: true,
  examples: {
    flagged: [
      { text: '我们要坚持稳中求进，统筹发展⟦經濟⟧和改善民生，坚决守住粮食安全底线，确保群众过上好日子。' },
      { text: '我們要堅持穩中求進，統籌⟦发⟧展經濟和改善民生，堅決守住糧食安全底線，確保群眾過上好日子。' },
    ],
    clean: [
      { text: '我们要坚持稳中求进，统筹发展经济和改善民生，坚决守住粮食安全底线。' },
      { text: '我们要认真阅读《資治通鑒》，从历史中汲取经验，统筹发展经济和改善民生。' },
      { text: '政府將檢討税制，為租住公屋的住户提供温和而持續的協助，使他們脱離貧困，並繼續為市民紓困。' },
      { text: '焚烧企业应当监测二噁英排放，濛江街道和氾水镇的企业应当配合监测，监测数据应当及时公开。' },
      // Traditional texts of the mainland write 够, 强 and 况 all along.
      {
        text: '我們的產業還不够大、不够强，農村的情况還不够好。要把產業做强，把經濟做强，摸清農民的情况、市場的情况，動員廣大幹部和羣衆，為實現國家的現代化而奮鬥。',
      },
      { text: '加快昇腾生态建设，统筹发展经济和改善民生，坚决守住粮食安全底线。' },
    ],
  },

  check(analysis) {
    if (!holdsBothScripts(analysis)) return [];
    const { text } = analysis;
    const { script, simplified, traditional } = scriptOfDraft(analysis);
    const own = Math.max(simplified, traditional);
    const other = Math.min(simplified, traditional);
    if (!script || other === 0 || own < MIN_COUNT || other * RARE > own) return [];
    const damaged = damageOf(analysis);
    const annotated = damaged.length > 0 && annotationSystem(text) !== undefined;
    const findings: Finding[] = [];
    let quoted = 0;
    let next = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x0a || code === 0x0d) quoted = 0;
      else if (OPENERS.includes(text.charAt(at))) quoted++;
      else if (CLOSERS.includes(text.charAt(at))) quoted = Math.max(0, quoted - 1);
      while (next < damaged.length && damaged[next]!.end <= at) next++;
      const garbled = annotated || (next < damaged.length && damaged[next]!.start <= at);
      if (quoted > 0 || garbled || !isForeign(code, script)) continue;
      const start = at;
      // A run of the other script, including characters that both have.
      let end = at + 1;
      for (let place = end; place < text.length && isHan(text.charCodeAt(place)); place++) {
        const shown = scriptShownBy(text.charCodeAt(place));
        if (shown === script) break;
        if (isForeign(text.charCodeAt(place), script)) end = place + 1;
      }
      // 濛江, 二噁英, 迴澜书院: characters kept in names, which nobody writes for the simplified one in ordinary words.
      if (script === 'simplified' && isRareForm(text, start, end)) {
        at = end - 1;
        continue;
      }
      findings.push(finding(text, start, end, script));
      at = end - 1;
    }
    return script === 'traditional' && findings.length >= HABIT ? withoutHabits(findings, text) : findings;
  },
};

/** `findings` without the characters that this text, in traditional script, always writes so: 够, 强, 况. */
function withoutHabits(findings: readonly Finding[], text: string): Finding[] {
  const counts = new Map<number, number>();
  const count = (code: number) => counts.get(code) ?? 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isHan(code)) counts.set(code, count(code) + 1);
  }
  const isHabit = (code: number) =>
    !isForeign(code, 'traditional') || (count(code) >= HABIT && count(traditionalForm(code)) === 0);
  return findings.filter(({ start, end }) => {
    for (let at = start; at < end; at++) if (!isHabit(text.charCodeAt(at))) return true;
    return false;
  });
}

/**
 * Whether every foreign character from `start` to `end` differs from the usual traditional form: 濛 and not 蒙, 噁 and not
 * 惡.
 */
function isRareForm(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isForeign(code, 'simplified') && traditionalForm(simplifiedForm(code)) === code) return false;
  }
  return true;
}

function isForeign(code: number, script: 'simplified' | 'traditional'): boolean {
  const shown = scriptShownBy(code);
  return shown !== undefined && shown !== script && !IN_NAMES.has(code);
}

function finding(text: string, start: number, end: number, script: 'simplified' | 'traditional'): Finding {
  const convert = script === 'simplified' ? simplifiedForm : traditionalForm;
  const words = text.slice(start, end);
  const newText = words.replace(/[\s\S]/g, (character) => String.fromCharCode(convert(character.charCodeAt(0))));
  return {
    start,
    end,
    message:
      script === 'simplified'
        ? { zh: '“{0}”是繁体字，全文用的是简体。', en: '“{0}” is traditional in a simplified text.', values: [words] }
        : { zh: '“{0}”是简体字，全文用的是繁体。', en: '“{0}” is simplified in a traditional text.', values: [words] },
    fixes: [
      {
        title: { zh: '改为“{0}”', en: 'Change to “{0}”', values: [newText] },
        edits: [{ start, end, newText }],
        safe: false,
        preferred: true,
      },
    ],
  };
}
