import { describe, expect, it } from 'vitest';
import { doubledMarker } from '../../../server/src/features/doubledMarker';

/** The line after Enter inserted `own` and the writer continued with `typed`; the caret at its end, or at |. */
function written(own: string, typed: string): string {
  const line = own + typed.replace('|', '');
  const caret = typed.includes('|') ? own.length + typed.indexOf('|') : line.length;
  const part = doubledMarker(own, line, caret);
  return part ? line.slice(0, part.start) + line.slice(part.end) : line;
}

describe('doubledMarker', () => {
  it.each([
    ['三、', '三、强化落实', '三、强化落实'],
    ['三、', '三、', '三、'],
    ['三、', '三. 强化落实', '三、强化落实'],
    ['三、', '3、强化落实', '三、强化落实'],
    ['　　（二）', '（二）筑坝', '　　（二）筑坝'],
    ['　　（二）', '(二)筑坝', '　　（二）筑坝'],
    ['(2)', '（2）筑坝', '(2)筑坝'],
    ['3.', '3.筑坝', '3.筑坝'],
    ['3. ', '3. 筑坝', '3. 筑坝'],
    ['3．', '3.筑坝', '3．筑坝'],
    ['1.2　', '1.2 筑坝', '1.2　筑坝'],
    ['第三条　', '第三条　各部门分工负责', '第三条　各部门分工负责'],
    ['第三条　', '第三条各部门分工负责', '第三条　各部门分工负责'],
    ['第十二章　', '第十二章 附则', '第十二章　附则'],
    ['③', '③筑坝', '③筑坝'],
    ['三是', '三是筑坝', '三是筑坝'],
    ['三要', '三要筑坝', '三要筑坝'],
    ['第三，', '第三，筑坝', '第三，筑坝'],
    ['其三，', '其三，筑坝', '其三，筑坝'],
    ['C. ', 'C. 筑坝', 'C. 筑坝'],
    ['丙、', '丙、筑坝', '丙、筑坝'],
    ['Ⅲ. ', 'Ⅲ. 筑坝', 'Ⅲ. 筑坝'],
    ['　　　　　2.', '2.进度表', '　　　　　2.进度表'],
    ['十一、', '十一、筑坝', '十一、筑坝'],
  ])('takes the second one out of %j + %j', (own, typed, line) => {
    expect(written(own, typed)).toBe(line);
  });

  it.each([
    ['三、', '三农工作'],
    ['三、', '三次产业协调发展'],
    ['三、', '四、筑坝'],
    ['三、', '（三）筑坝'],
    ['三、', '13、筑坝'],
    ['2.', '2.5万亩农田'],
    ['2.', '2.'],
    ['2. ', '2024年工作'],
    ['1.1　', '11月底完成'],
    ['1.2　', '1.2'],
    ['第三条　', '第三条规定的情形'],
    ['第三条　', '第三条、第四条所称'],
    ['第四条　', '第三条　'],
    ['（三）', '（三|）'],
    ['三、', '强化落实'],
  ])('leaves %j + %j alone', (own, typed) => {
    expect(written(own, typed)).toBe(own + typed.replace('|', ''));
  });

  it('leaves a line alone of which the writer has changed the number', () => {
    expect(doubledMarker('三、', '四、四、筑坝', 6)).toBeUndefined();
  });
});
