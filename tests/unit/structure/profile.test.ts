import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../server/src/structure/analyse';
import { recogniseProfile } from '../../../server/src/structure/profile';

const profileOf = (text: string) => recogniseProfile(analyse(text));

describe('recogniseProfile', () => {
  it.each([
    ['speech', '在全县春耕工作会议上的讲话\n\n同志们：\n一、修渠\n内容。\n二、植树\n内容。\n'],
    ['speech', '青禾县政府工作报告\n各位代表：\n现在，我代表县政府报告工作。\n一、回顾\n内容。\n'],
    ['official', '关于做好防汛工作的通知\n青政发〔2024〕3号\n各乡镇人民政府：\n现通知如下。\n一、修渠\n内容。\n'],
    ['official', '青禾县人民政府关于修渠的意见\n一、修渠\n内容。\n\n青禾县人民政府\n2024年3月1日\n'],
    ['legislation', '青禾县防汛办法\n第一条　为了防汛，制定本办法。\n第二条　分工负责。\n第三条　自公布之日起施行。\n'],
    [
      'legislation',
      '关于印发办法的通知\n青政发〔2024〕3号\n第一章　总则\n第一条　为了防汛，制定本办法。\n第二条　分工负责。\n第二章　附则\n第三条　自公布之日起施行。\n',
    ],
  ])('tells a text for %s', (profile, text) => {
    expect(profileOf(text)).toBe(profile);
  });

  it.each(['', '今年要抓好落实。', '一、修渠\n内容。\n二、植树\n依照第一条、第二条、第三条办理。\n'])(
    'does not guess: %j',
    (text) => {
      expect(profileOf(text)).toBeUndefined();
    },
  );

  it.each(fs.readdirSync('corpus/samples').filter((name) => name !== 'README.md'))('knows the sample %s', (name) => {
    const expected = name.startsWith('单行')
      ? undefined
      : /^(?:讲话|报告|施政)/.test(name)
        ? 'speech'
        : name.startsWith('办法')
          ? 'legislation'
          : 'official';
    expect(profileOf(fs.readFileSync(`corpus/samples/${name}`, 'utf8'))).toBe(expected);
  });

  const shared = '../shared/corpus';
  it.skipIf(!fs.existsSync(shared)).each([
    ['reports', 'speech'],
    ['state-council', 'official'],
    ['laws', 'legislation'],
  ])('knows the shared documents in %s', (folder, expected) => {
    for (const name of fs.readdirSync(`${shared}/${folder}`)) {
      const text = fs.readFileSync(`${shared}/${folder}/${name}`, 'utf8');
      // Two of the council's documents are laws.
      if (/^(?:2018-iit|33)/.test(name)) expect(profileOf(text)).toBe('legislation');
      else expect(profileOf(text), name).toBe(expected);
    }
  });
});
