/** Where a server that runs as a browser's worker finds the files which the build puts beside it. */

/** The worker's own, which Node does not have. */
declare const location: { readonly href: string } | undefined;

/** A worker started from a blob, as VS Code starts one, does not know where its script came from. */
let folder = typeof location === 'undefined' ? '' : location.href;

/** Sets the URL of the folder that holds the server's script. */
export function setFolder(url: string): void {
  folder = url.endsWith('/') ? url : `${url}/`;
}

/** The URL of a file there. Throws where the folder is not known. */
export function fileUrl(name: string): string {
  return new URL(name, folder).href;
}
