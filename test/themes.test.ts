import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const app = join(import.meta.dirname, '../smart-app');
const sources = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(css|tsx?|html)$/.test(file),
);
const textOf = (file: string): string => readFileSync(join(app, file), 'utf8');

// `light-dark()` takes colours and nothing else, so that a page has the same parts, sizes and words in both themes:
// the browser tests ask in the second theme for its colours only
it('the themes of the app differ in colours only', () => {
  const asking = sources.filter((file) => /prefers-color-scheme|@container\s+style|data-theme/.test(textOf(file)));
  expect(asking).toEqual([]);
  const themed = sources.filter((file) => textOf(file).includes('light-dark('));
  expect(themed).toEqual(['src/styles/tokens.css']);
});
