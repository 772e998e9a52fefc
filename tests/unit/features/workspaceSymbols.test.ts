import { describe, expect, it } from 'vitest';
import { type SymbolInformation, SymbolKind } from 'vscode-languageserver-types';
import { matchingSymbols } from '../../../server/src/features/workspaceSymbols';
import { runToCompletion } from '../../../server/src/text/resumable';

function symbol(name: string): SymbolInformation {
  const zero = { line: 0, character: 0 };
  return { name, kind: SymbolKind.String, location: { uri: 'file:///稿.txt', range: { start: zero, end: zero } } };
}

const all = (symbols: readonly SymbolInformation[], query: string) => runToCompletion(matchingSymbols(symbols, query));
const symbols = ['一、总体要求', '（一）主要目标', '二、推进 GDP 核算', '要求汇总'].map(symbol);
const found = (query: string) => all(symbols, query).map(({ name }) => name);

describe('matchingSymbols', () => {
  it('takes all for an empty query', () => expect(found('')).toHaveLength(4));

  it('finds pieces of names before scattered characters', () => {
    expect(found('要求')).toEqual(['一、总体要求', '要求汇总']);
    expect(found('总要')).toEqual(['一、总体要求']);
    expect(found('要总')).toEqual(['要求汇总']);
  });

  it('ignores case, width and blanks', () => {
    expect(found('进gdp核')).toEqual(['二、推进 GDP 核算']);
    expect(found('ＧＤＰ')).toEqual(['二、推进 GDP 核算']);
    expect(found('(一)')).toEqual(['（一）主要目标']);
  });

  it('finds nothing where a character is missing', () => expect(found('总体农业')).toEqual([]));

  it('stops at 500', () => {
    const many = Array.from({ length: 2000 }, (_, at) => symbol(`第${at}条`));
    expect(all(many, '条')).toHaveLength(500);
    expect(all(many, '第条')).toHaveLength(500);
  });
});
