import type { Plugin, Rolldown } from 'vite';

/** By what `early` asks for files: a role, or the address of a step of the launch. */
const views: Readonly<Record<string, string>> = {
  patient: '/src/patient/patient-view.tsx',
  clinician: '/src/clinician/clinician-view.tsx',
  coordinator: '/src/coordinator/coordinator-view.tsx',
  integration: '/src/integration/integration-view.tsx',
  launch: '/src/launch/launch-page.tsx',
  callback: '/src/launch/callback-page.tsx',
};

/**
 * Puts `early` into the document, to run as soon as it has come, and names to it the files that each view needs beside the app's own.
 */
export function earlyFiles(): Plugin {
  return {
    name: 'intersession-early-files',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {}, chunk: main }) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const early = chunks.find(({ isEntry, name }) => isEntry && name === 'early');
        if (early === undefined || main === undefined) throw new Error('the build has no chunk "early"');
        const with_ = (chunk: Rolldown.OutputChunk, found = new Set<Rolldown.OutputChunk>()) => {
          if (found.has(chunk)) return found;
          found.add(chunk);
          for (const name of chunk.imports) {
            const imported = chunks.find(({ fileName }) => fileName === name);
            if (imported !== undefined) with_(imported, found);
          }
          return found;
        };
        const there = with_(main);
        const files = Object.entries(views).map(([view, source]) => {
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(source));
          if (chunk === undefined) throw new Error(`the build has no chunk ${source}`);
          const needed = [...with_(chunk)].filter((one) => !there.has(one));
          const styles = needed.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
          return [
            view,
            [...new Set([...needed.map(({ fileName }) => fileName), ...styles])].map((name) =>
              name.replace(/^assets\//, ''),
            ),
          ];
        });
        return [
          {
            tag: 'script',
            injectTo: 'head',
            attrs: {
              type: 'module',
              async: true,
              crossorigin: '',
              src: `/${early.fileName}`,
              'data-files': JSON.stringify(Object.fromEntries(files)),
            },
          },
        ];
      },
    },
  };
}
