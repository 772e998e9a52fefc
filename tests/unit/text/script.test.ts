import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, scriptOf, scriptShownBy, simplifiedForm, traditionalForm } from '../../../server/src/text/script';

const code = (character: string) => character.charCodeAt(0);

describe('scriptOf', () => {
  it.each([
    ['坚持稳中求进，推动高质量发展', 'simplified'],
    ['堅持穩中求進，推動高質量發展', 'traditional'],
    ['一二三四，上下左右', undefined],
    ['Plain text', undefined],
    ['发展發展', undefined],
  ])('of %s', (text, script) => {
    expect(scriptOf(text).script).toBe(script);
  });

  it('goes by characters that only one script has', () => {
    for (const both of '后里台干于著於徵一') expect(scriptShownBy(code(both)), both).toBeUndefined();
    expect(scriptShownBy(code('国'))).toBe('simplified');
    expect(scriptShownBy(code('國'))).toBe('traditional');
  });

  it('counts within a range', () => {
    expect(scriptOf('国國国國國', 1, 2)).toEqual({ script: 'traditional', simplified: 0, traditional: 1 });
  });
});

describe('forms of a character', () => {
  it('go both ways, and leave others alone', () => {
    expect(String.fromCharCode(simplifiedForm(code('國')))).toBe('国');
    expect(String.fromCharCode(traditionalForm(code('国')))).toBe('國');
    fc.assert(
      fc.property(fc.nat(0x7f), (ascii) => {
        expect(simplifiedForm(ascii)).toBe(ascii);
      }),
    );
  });
});

describe('convert', () => {
  it('keeps the words by default and changes them if asked', async () => {
    expect(await convert('头发发展，软件里面', 'traditional')).toBe('頭髮發展，軟件裏面');
    expect(await convert('头发发展，软件里面', 'taiwan')).toBe('頭髮發展，軟件裡面');
    expect(await convert('头发发展，软件里面', 'taiwan', { vocabulary: true })).toBe('頭髮發展，軟體裡面');
    expect(await convert('台湾的软件里面', 'hongkong')).toBe('台灣的軟件裏面');
    expect(await convert('頭髮發展，軟體裡面', 'simplified')).toBe('头发发展，软体里面');
    expect(await convert('頭髮發展，軟體裡面', 'simplified', { vocabulary: true })).toBe('头发发展，软件里面');
  });

  it('leaves what is in the script already', async () => {
    expect(await convert('堅持穩中求進', 'traditional')).toBe('堅持穩中求進');
    expect(await convert('坚持稳中求进', 'simplified')).toBe('坚持稳中求进');
    expect(await convert('行政機關不得干預。干部里面，于是', 'traditional')).toBe('行政機關不得干預。干部里面，于是');
    expect(await convert('爲了瞭望遠方。', 'taiwan')).toBe('為了瞭望遠方。');
    // Words in the target script among others.
    expect(await convert('发展市场，不得干預干部工作', 'traditional')).toBe('發展市場，不得干預幹部工作');
    // Controls: text that shows no script follows its context.
    expect(await convert('发展经济。干部里面', 'traditional')).toBe('發展經濟。幹部裏面');
  });

  it('changes nothing the second time', async () => {
    const words = fc.constantFrom(
      ...'干部|干預|后勤|後勤|里面|發展|发展|软件|軟體|进程|程序|于是|瞭望|了解|。|，|台湾|着重|著作'.split('|'),
    );
    const text = fc.array(words, { maxLength: 12 }).map((all) => `發展${all.join('')}`);
    const target = fc.constantFrom('simplified', 'traditional', 'taiwan', 'hongkong');
    await fc.assert(
      fc.asyncProperty(text, target, fc.boolean(), async (before, to, vocabulary) => {
        const once = await convert(before, to as 'taiwan', { vocabulary });
        expect(await convert(once, to as 'taiwan', { vocabulary })).toBe(once);
      }),
      { numRuns: 200 },
    );
  });
});
