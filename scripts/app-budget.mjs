// Weighs what each view of the app loads before its first useful paint: JavaScript, gzipped. Run after `vite build`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '..', 'dist', 'app');
const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'));

/** Limits in kB (1000 bytes); the coordinator's is the clinician's. */
const budgets = [
  { view: 'patient', source: 'src/patient/patient-view.tsx', limit: 90 },
  { view: 'clinician', source: 'src/clinician/clinician-view.tsx', limit: 110 },
  { view: 'integration', source: 'src/integration/integration-view.tsx', limit: 90 },
  { view: 'coordinator', source: 'src/coordinator/coordinator-view.tsx', limit: 110 },
];

/** The files that a chunk can't run without: itself and what it imports, not what it may fetch later. */
function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`the build has no chunk ${key}`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
}

let tooHeavy = false;
for (const { view, source, limit } of budgets) {
  const files = filesOf(source, filesOf('index.html'));
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
  const kB = bytes / 1000;
  const fits = kB <= limit;
  tooHeavy ||= !fits;
  process.stdout.write(`${view}: ${kB.toFixed(1)} kB of ${limit} kB${fits ? '' : ', too heavy'}\n`);
}
process.exitCode = tooHeavy ? 1 : 0;
