import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/index';
import { lint } from '../../../server/src/rules/lint';
import { PROFILES, profileRules } from '../../../server/src/rules/profiles';
import { analyse } from '../../../server/src/structure/analyse';
import type { ProfileSetting } from '../../../server/src/structure/profileNames';

const SPEECH = '在全县春耕工作会议上的讲话\n同志们：\n1、修渠。抓紧。\n2、植树。抓紧。\n3、办学。抓紧。\n';
const severities = (text: string, profile?: ProfileSetting, set = {}) =>
  lint(analyse(text), { rules: set, ...(profile && { profile }) }).map(
    ({ rule, severity }) => `${rule.id} ${severity}`,
  );

describe('profiles', () => {
  it('name rules and groups that exist', () => {
    const known = new Set(rules.flatMap(({ id }) => [id, id.split('.')[0]]));
    for (const { silent, weights } of Object.values(PROFILES)) {
      for (const id of [...silent, ...Object.keys(weights)]) expect(known).toContain(id);
    }
  });

  it('weigh rules where they are chosen, and only then', () => {
    expect(severities(SPEECH)).toEqual(['numbering.marker-punctuation information']);
    expect(severities(SPEECH, 'auto')).toEqual(['numbering.marker-punctuation information']);
    expect(severities(SPEECH, 'speech')).toEqual(['numbering.marker-punctuation hint']);
    expect(severities(SPEECH, 'official')).toEqual(['numbering.marker-punctuation warning']);
  });

  it('give way to the settings of a rule or its group', () => {
    expect(severities(SPEECH, 'official', { 'numbering.marker-punctuation': 'error' })).toEqual([
      'numbering.marker-punctuation error',
    ]);
    expect(severities(SPEECH, 'official', { numbering: 'off' })).toEqual([]);
  });

  it('silence what has nothing to say of a recognised text', () => {
    expect(profileRules(analyse(SPEECH), undefined)).toEqual({ 'document.date': 'off' });
    expect(profileRules(analyse('今年要抓好落实。'), undefined)).toEqual({});
  });

  it('hold rules that a notice issues to the note of their attachments', () => {
    const rules =
      '第一条　为规范灌溉，制定本办法。\n第二条　各乡镇负责渠道。\n第三条　县水利局监督。\n第四条　本办法自发布之日起施行。\n';
    const issued = `青禾县灌溉管理办法\n${rules}附件：1.渠道名录\n2.灌溉定额\n附件1\n渠道名录\n内容。\n`;
    expect(severities(issued, 'legislation')).toEqual(['document.attachment information']);
    expect(severities(`${issued}附件2\n灌溉定额\n内容。\n`, 'legislation')).toEqual([]);
  });
});
