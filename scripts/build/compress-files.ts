import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What is text and asked for by everybody; a source map is asked for by developers' tools alone. */
const compressible = new Set(['.js', '.css', '.svg', '.json', '.txt']);
/** Below this a file fits into one packet as it is. */
const leastBytes = 1_000;

/** Writes each file that is sent to browsers also as `name.br` and `name.gz`, as small as can be: it is done once, and read by everybody. */
export function compressFiles(): Plugin {
  let assets = '';
  return {
    name: 'intersession-compress-files',
    apply: 'build',
    configResolved({ root, build }) {
      assets = resolve(root, build.outDir, build.assetsDir);
    },
    writeBundle() {
      for (const name of readdirSync(assets)) {
        if (!compressible.has(extname(name))) continue;
        const plain = readFileSync(join(assets, name));
        if (plain.length < leastBytes) continue;
        const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY } = constants;
        const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: plain.length };
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(plain, { params }));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(plain, { level: 9 }));
      }
    },
  };
}
