import { describe, expect, it } from 'vitest';
import { locateJsonError } from '../../src/http/locate-json-error.ts';
import fc from '../fast-check.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('where JSON ends to be JSON', () => {
  it.each([
    ['', 1, 1],
    ['{"a": x}', 1, 7],
    ['{"a":1,}', 1, 8],
    ['[1 2]', 1, 4],
    ['{"a" 1}', 1, 6],
    ['{a:1}', 1, 2],
    ['{"a":1}}', 1, 8],
    ['{"a":01}', 1, 6],
    ['{\n  "a": 1,\n  "b": tru\n}', 3, 8],
    ['{"a":"b\u0001"}', 1, 6],
    ['[1,', 1, 4],
  ])('%j', (text, line, column) => {
    expect(locateJsonError(text)).toEqual({ line, column });
  });

  it('is the end of the text for JSON that breaks off, and of no JSON before it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (json, at) => {
        const cut = json.slice(0, at % Math.max(json.length, 1));
        fc.pre(!isJson(cut));
        const { line, column } = locateJsonError(cut);
        expect(line).toBe(1);
        expect(column).toBeLessThanOrEqual(cut.length + 1);
        // what was accepted is really the beginning of the text
        expect(cut.length - (column - 1)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is right after any JSON for what follows it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (json) => {
        expect(locateJsonError(`${json} !`)).toEqual({ line: 1, column: json.length + 2 });
      }),
    );
  });
});
