import type { Plugin } from 'vite';

/** What is told of a chunk: the chunks that it can't run without. */
export interface ChunkImports {
  readonly fileName: string;
  readonly imports: readonly string[];
}

/**
 * What has to be fetched for a part, beside what is there already: the chunk that asks for it runs, so all that it imports has come.
 * @param host the file name of the chunk that asks
 * @param files of the part and of what it imports
 */
export function neededBeside(chunks: readonly ChunkImports[], host: string, files: readonly string[]): string[] {
  const importsOf = new Map(chunks.map(({ fileName, imports }) => [fileName, imports]));
  const there = new Set<string>();
  const add = (name: string): void => {
    if (there.has(name)) return;
    there.add(name);
    importsOf.get(name)?.forEach(add);
  };
  add(host);
  return files.filter((file) => !there.has(file));
}

/**
 * Names to the browser only those files of a part that are not there yet. The names stand in the chunk that asks for it, and as each
 * has a hash they don't compress: those that are not needed are a good part of what a first page weighs.
 */
export function fetchOnce(): Plugin {
  let chunks: readonly ChunkImports[] = [];
  return {
    name: 'intersession-fetch-once',
    apply: 'build',
    // styles are not asked about here: a part waits for its own
    config: () => ({
      build: {
        modulePreload: {
          resolveDependencies: (_file, files, { hostId, hostType }) =>
            hostType === 'js' ? neededBeside(chunks, hostId, files) : [...files],
        },
      },
    }),
    // names are written in by the bundler after this
    generateBundle: {
      order: 'pre',
      handler(_options, bundle) {
        chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      },
    },
  };
}
