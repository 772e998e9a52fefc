/** An npm registry with one package, for tests of installing it by name. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Registry {
  readonly url: string;
  /** Requested paths. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves the packed `archive` of the package that `manifest` describes, on this machine alone. */
export async function openRegistry(
  archive: string,
  manifest: { readonly name: string; readonly version: string },
): Promise<Registry> {
  const bytes = fs.readFileSync(archive);
  const asked: string[] = [];
  const server = http.createServer(({ url = '' }, response) => {
    asked.push(url);
    const file = `/${manifest.name}/-/${manifest.name}-${manifest.version}.tgz`;
    if (url === file) return response.end(bytes);
    if (url !== `/${manifest.name}`) return response.writeHead(404).end('{}');
    const { port } = server.address() as AddressInfo;
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `http://127.0.0.1:${port}${file}`, integrity };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        name: manifest.name,
        'dist-tags': { latest: manifest.version },
        versions: { [manifest.version]: { ...manifest, dist } },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
