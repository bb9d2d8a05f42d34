import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of `fixtures`, read anew each time: who changes what it says changes it for nobody else. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'));
}
