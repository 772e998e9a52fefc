/** URIs of Windows drives and shares, in the several ways that editors write them. */
import { describe, expect, it, test } from 'vitest';
import { ConfigurationFiles, folderOf, relativePath } from '../../../server/src/lsp/configurationFiles';
import { Drafts } from '../../../server/src/lsp/documents';
import { isConfigurationFile } from '../../../server/src/rules/configurationFileName';

/** The file that applies to `uri` given the `existing` ones, and the paths that were tried. */
async function nearest(uri: string, ...existing: string[]) {
  const asked: string[] = [];
  const files = {
    async *list() {},
    read: async (file: string) => {
      asked.push(file);
      return existing.includes(file) ? '{ "rules": { "numbering": "off" } }' : undefined;
    },
  };
  const found = await new ConfigurationFiles(new Drafts(), files, true).for(uri);
  return { uri: found?.uri, asked };
}

describe('a draft on a Windows drive', () => {
  test.each([
    'file:///c%3A/%E6%96%87%E7%A8%BF/2024/',
    'file:///C:/文稿/2024/',
    'file://fileserver/共享/文稿/2024/',
    'vscode-remote://wsl%2Bdebian/home/writer/2024/',
  ])('%s', async (folder) => {
    const shared = folder.replace('2024/', '.policytext.json');
    const { uri, asked } = await nearest(`${folder}讲话.policy.txt`, shared);
    expect(uri).toBe(shared);
    expect(asked).toEqual([`${folder}.policytext.json`, shared]);
    expect(relativePath(shared, `${folder}%E8%AE%B2%E8%AF%9D.policy.txt`)).toBe('2024/讲话.policy.txt');
  });

  it('is looked for up to the drive and no further than there is a folder', async () => {
    const { uri, asked } = await nearest('file:///d%3A/a/b/draft.txt');
    expect(uri).toBeUndefined();
    expect(asked.map((one) => one.replace('.policytext.json', ''))).toEqual([
      'file:///d%3A/a/b/',
      'file:///d%3A/a/',
      'file:///d%3A/',
      'file:///',
    ]);
  });

  it('has a folder, which an untitled one has not', () => {
    expect(folderOf('file:///c%3A/a/draft.txt')).toBe('file:///c%3A/a/');
    expect(folderOf('untitled:Untitled-1')).toBeUndefined();
    expect(folderOf('untitled:C:\\a\\draft.txt')).toBeUndefined();
    expect(isConfigurationFile('C:\\文稿\\.policytext.json')).toBe(true);
  });
});
