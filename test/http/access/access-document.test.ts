import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { accessDocument } from '../../../src/http/access/access-document.ts';
import { apiRoutes } from '../../../src/http/api/routes.ts';

it('stands in docs/access.md as the code asks its tables (npm run access)', () => {
  expect(readFileSync(new URL('../../../docs/access.md', import.meta.url), 'utf8')).toBe(accessDocument());
});

it('says of every answer to a write by which scope it is shown, or that it is no homework', () => {
  const without = apiRoutes.filter(({ method, shows }) => method !== 'get' && shows === undefined);
  // a check and a merge, which are for who changes the whole tenant's
  expect(without.map(({ operationId }) => operationId).sort()).toEqual(['confirmMerge', 'startLedgerCheck']);
});
