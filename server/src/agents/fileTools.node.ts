/**
 * The tools whose result is a Word document: a file, not a text, so they write one. Only the Model Context Protocol
 * server (mcpServer.ts) offers them, because it knows the folders that its user has named.
 */

import { z } from 'zod';
import type { LintConfiguration } from '../rules/lint';
import { reaches, SEVERITIES_BELOW_ERROR } from '../rules/severity';
import { analyse } from '../structure/analyse';
import { FORMS } from '../structure/draftHead';
import type { Reviewer } from '../word/review.node';
import { draftInput, draftOf, MAX_PATH_LENGTH, type Tool, ToolError, tool } from './tools';

/** File access of these tools. Each function throws {@link ToolError} if access is denied or fails. */
export interface ToolFiles {
  /** The real path of the file at `path`. */
  realPath(path: string): Promise<string>;
  /** The bytes of the file at `path`, its real path, and the rule configuration that applies to it. */
  readBytes(path: string): Promise<{ bytes: Uint8Array; path: string; configuration: LintConfiguration }>;
  /**
   * Writes a file; replaces an existing one only with `overwrite`, and never the one whose real path is `source`.
   * Returns the path written.
   */
  write(
    path: string,
    bytes: Uint8Array,
    permission: { readonly overwrite: boolean; readonly source?: string | undefined },
  ): Promise<string>;
}

const outputInput = {
  output: z
    .string()
    .min(1)
    .max(MAX_PATH_LENGTH)
    .describe('Path of the .docx to write, below an allowed folder; its folder must exist.'),
  overwrite: z
    .boolean()
    .optional()
    .describe('Whether a file of that name may be replaced (default: false). Ask the writer first.'),
};
const written = {
  path: z.string().describe('The document written'),
  bytes: z.number().describe('Its size'),
};

/** Control characters in the author or date of comments would give XML that Word rejects. */
const NO_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f\ufffe\uffff]{1,100}$/;

/** The tools `export` and `review` over `files`. */
export function fileTools(files: ToolFiles): readonly Tool[] {
  return [
    tool({
      name: 'export',
      title: { zh: '导出 Word 文档', en: 'Export to Word' },
      description:
        'Writes a draft as a Word document laid out by GB/T 9704-2012 and returns its path. Numbers stay plain text. What the text does not say (发文机关, 发文字号, 抄送 …) may stand in a head between two lines of ---, one thing a line.',
      input: {
        ...draftInput,
        ...outputInput,
        form: z.enum(FORMS).optional().describe('default: from the head of the draft, or recognised'),
      },
      output: { ...written, form: z.enum(FORMS) },
      async run({ output, overwrite = false, form, ...input }, context) {
        expectWordName(output);
        const { text, kind } = await draftOf(input, context);
        const source = input.path === undefined ? undefined : await files.realPath(input.path);
        const { exportDraft } = await import('../word/export.node');
        const { bytes, form: used } = await exportDraft(analyse(text, kind), form);
        const path = await files.write(output, bytes, { overwrite, source });
        return { path, bytes: bytes.length, form: used };
      },
    }),
    tool({
      name: 'review',
      title: { zh: '审阅 Word 文档', en: 'Review a Word document' },
      description:
        'Puts what the rules find in a .docx into a copy of it, as comments, and the fixes that never change meaning as tracked changes. The document itself stays as it is. Returns the path of the copy.',
      input: {
        path: z.string().min(1).max(MAX_PATH_LENGTH).describe('Path of a .docx below the allowed folders'),
        ...outputInput,
        commentsOnly: z.boolean().optional().describe('No tracked changes (default: false)'),
        minimumSeverity: z
          .enum(SEVERITIES_BELOW_ERROR)
          .optional()
          .describe('No comments on what weighs less (default: information)'),
        author: z.string().regex(NO_CONTROL_CHARACTERS).optional().describe('Who comments and changes'),
      },
      output: {
        ...written,
        comments: z.number(),
        fixes: z.number().describe('Fixes that became tracked changes'),
        findings: z.number().describe('All that was found, told or not'),
      },
      async run({ path: input, output, overwrite = false, commentsOnly = false, minimumSeverity, author }, context) {
        expectWordName(output);
        const { bytes, path: source, configuration } = await files.readBytes(input);
        const { reviewerOf, reviewWordDocument } = await import('../features/wordReview.node');
        const result = reviewWordDocument(bytes, {
          configuration,
          lexicon: await context.lexicon(),
          spelling: await context.spelling(),
          reviewer: reviewerOf(author, undefined, context.locale) as Reviewer,
          commentsOnly,
          isTold: ({ severity }) => reaches(severity, minimumSeverity ?? 'information'),
          locale: context.locale,
        });
        if ('refused' in result) throw new ToolError(result.refused);
        return {
          path: await files.write(output, result.bytes, { overwrite, source }),
          bytes: result.bytes.length,
          comments: result.comments,
          fixes: result.fixes,
          findings: result.findings.length,
        };
      },
    }),
  ];
}

/** Throws {@link ToolError} unless the name is that of a .docx: an assistant may not write any other kind of file. */
function expectWordName(output: string): void {
  if (/[^\\/]\.docx$/i.test(output)) return;
  throw new ToolError({
    zh: '“{0}”不是 .docx 文件名：只写 Word 文档。',
    en: '“{0}” does not end in .docx: only Word documents are written.',
    values: [output],
  });
}
