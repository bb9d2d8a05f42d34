// Notes the hash of every version of a questionnaire that is not in the list of released ones yet. A released version that was
// edited, or taken out, is refused: logs answer it, and are read by it for ever. See CONTRIBUTING.md, "A version of a questionnaire".
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const kinds = join(import.meta.dirname, '..', 'src', 'kinds');
const list = join(kinds, 'released.json');

/** The hash of what a file says, whatever spaces it says it with. */
const hashOf = (file) =>
  createHash('sha256')
    .update(JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))))
    .digest('hex');

const found = Object.fromEntries(
  readdirSync(kinds, { recursive: true })
    .map(String)
    .filter((name) => /^[^/]+\/questionnaires\/[^/]+\.json$/.test(name))
    .sort()
    .map((name) => [name, hashOf(join(kinds, name))]),
);
const released = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};
const broken = Object.entries(released).filter(([name, hash]) => found[name] !== hash);
for (const [name] of broken) {
  console.error(`${name}: ${found[name] === undefined ? 'is gone' : 'was edited'}, though it was released`);
}
if (broken.length > 0) process.exit(1);

writeFileSync(list, `${JSON.stringify({ ...released, ...found }, null, 2)}\n`);
for (const name of Object.keys(found)) if (released[name] === undefined) console.log(`released ${name}`);
