/**
 * Which files and folders are read when a folder is searched for drafts: shared by the command line, the server and
 * learning.
 */
import type { DocumentKind } from '../structure/analysis';

const DRAFT = /\.(?:txt|md|markdown|gongwen|policytext)$/is;
/** A name that begins with ~$ is the lock file of a document open in Word. */
const WORD = /^(?!~\$).*\.doc[xm]$/is;
const README = /^readme\b/i;
/** Folders that contain programs and their data. */
const SKIPPED = new Set(['node_modules', 'bower_components', '__pycache__']);

/** Whether a file of this base name may be a draft. A README is about its folder. */
export function isDraftName(name: string): boolean {
  return DRAFT.test(name) && !README.test(name);
}

/** Whether a file of this base name is a Word document. */
export function isWordName(name: string): boolean {
  return WORD.test(name);
}

/** Whether a file is about its folder rather than one of the documents in it. */
export function isReadme(name: string): boolean {
  return README.test(name);
}

/** Whether a file or folder of this name is skipped: hidden ones, and folders of programs. */
export function isSkippedName(name: string): boolean {
  return name.startsWith('.') || SKIPPED.has(name);
}

/** The document kind to read the file at `path` as. */
export function draftKind(path: string): DocumentKind {
  return /\.(?:md|markdown)$/i.test(path) ? 'markdown' : 'policytext';
}
