import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../client/src/template';

describe('a template of the writer', () => {
  it('is named by its head and has its gaps as stops', () => {
    const text = '---\n名称：周报\n说明：每周五报\n---\n〔待补：单位〕周报\n一、〔待补：进展〕\n〔待补：单位〕\n';
    const { label, description, body } = readTemplate('a.policy.txt', text);
    expect([label, description]).toEqual(['周报', '每周五报']);
    expect(body).toBe('${1:〔待补：单位〕}周报\n一、${2:〔待补：进展〕}\n${1}$0');
  });

  it('is named by its file where it has no head, and keeps what a snippet would read', () => {
    const { label, description, body } = readTemplate('通报 模板.policy.txt', '预算$3和}\\\r\n〔待补〕〔待补〕');
    expect([label, description]).toEqual(['通报 模板', '']);
    expect(body).toBe('预算\\$3和\\}\\\\\n${1:〔待补〕}${2:〔待补〕}$0');
  });
});
