/** Resolves the files that the build puts beside a server running in a web worker. */

/** The worker's own location, missing in Node. */
declare const location: { readonly href: string } | undefined;

/** A worker started from a blob, as VS Code does, does not know where its script came from. */
let folder = typeof location === 'undefined' ? '' : location.href;

/** Sets the URL of the folder that contains the server's script. */
export function setFolder(url: string): void {
  folder = url.endsWith('/') ? url : `${url}/`;
}

/** The URL of a file in that folder. Throws if the folder is not known. */
export function fileUrl(name: string): string {
  return new URL(name, folder).href;
}
