/** The tools as VS Code's manifest declares them, for scripts/docs.mjs. */
import { z } from 'zod';
import { tools } from './tools';

/**
 * When tools and skill are offered. Trust is checked when a tool is called: `isWorkspaceTrusted` is not set if an
 * editor has trust switched off, and `isWorkspaceTrustEnabled` is still true there until the settings have been read.
 */
export const OFFERED_WHERE = 'config.policyText.agents.enabled';

/** `contributes.languageModelTools` of package.json. */
export function languageModelTools(): object[] {
  return tools.map(({ name, title, description, input }) => ({
    name: `policytext_${name}`,
    toolReferenceName: `policyText${name.replace(/(?:^|_)(.)/g, (_, first: string) => first.toUpperCase())}`,
    displayName: `${title.zh} · ${title.en}`,
    modelDescription: description,
    userDescription: title.zh,
    canBeReferencedInPrompt: true,
    icon: '$(book)',
    when: OFFERED_WHERE,
    tags: ['policy-text', 'chinese'],
    inputSchema: z.toJSONSchema(z.object(input), { target: 'draft-7' }),
  }));
}
