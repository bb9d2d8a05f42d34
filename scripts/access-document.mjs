// Writes docs/access.md from the tables that the code asks.
import { writeFileSync } from 'node:fs';
import { accessDocument } from '../src/http/access/access-document.ts';

writeFileSync(new URL('../docs/access.md', import.meta.url), accessDocument());
