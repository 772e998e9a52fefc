import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CLEAN_UP_REQUEST,
  type CleanUpResult,
  CONVERT_SCRIPT_REQUEST,
  type ConvertScriptResult,
  ENCODING_REQUEST,
  type EncodingResult,
} from '../../server/src/lsp/protocol';
import { Session } from './session';

const uri = 'untitled:粘贴';
const TEXT = '推進(jìn)產(chǎn)業(yè)建設(shè),推進(jìn)企業(yè)改革,擴大產(chǎn)能,加快進(jìn)度。';

describe('damaged text', () => {
  let session: Session;
  beforeAll(async () => {
    session = await Session.start();
    await session.open(uri, TEXT);
  });
  afterAll(() => session.stop());

  it('is cleaned up by edits for the version they were made for', async () => {
    const result = await session.request<NonNullable<CleanUpResult>>(CLEAN_UP_REQUEST.method, { uri });
    expect(result.version).toBe(1);
    expect(result.edits.length).toBeGreaterThan(5);
    expect(new Set(result.edits.map(({ kind }) => kind))).toEqual(new Set(['混入的注音', '半角标点']));
    expect(result.places).toEqual([]);
    expect(result.summary).not.toBe('');
  });

  it('is cleaned up on its way from the clipboard', async () => {
    const result = await session.request<NonNullable<CleanUpResult>>(CLEAN_UP_REQUEST.method, { text: TEXT });
    expect(result.text).toBe('推進產業建設，推進企業改革，擴大產能，加快進度。');
  });

  it('is converted into the other script', async () => {
    const params = { uri, to: 'simplified' };
    const result = await session.request<NonNullable<ConvertScriptResult>>(CONVERT_SCRIPT_REQUEST.method, params);
    expect(result.edits.map(({ newText }) => newText).join('')).toContain('进');
    expect(await session.request(CONVERT_SCRIPT_REQUEST.method, { uri, to: 'klingon' })).toBeNull();
    expect(await session.request(CLEAN_UP_REQUEST.method, { uri: 'untitled:nothing' })).toBeNull();
  });

  it('is told from text read in the wrong encoding', async () => {
    const bytes = Buffer.from('全县加快推进农村公路建设，改善群众出行条件，发展乡村产业。');
    const wrong = new TextDecoder('gb18030').decode(bytes);
    const result = await session.request<EncodingResult>(ENCODING_REQUEST.method, {
      text: wrong,
      bytes: bytes.toString('base64'),
    });
    expect(result.candidates).toEqual(['utf8']);
    expect(await session.request(ENCODING_REQUEST.method, { text: TEXT })).toEqual({ candidates: [] });
  });
});
