import { describe, expect, it } from 'vitest';
import { deepestJson, isValueWithinDepth, isWithinDepth, readBoundedJson } from '../../src/foundation/bounded-json.ts';

const nested = (depth: number, [open, close] = ['[', ']']): string => `${open.repeat(depth)}${close.repeat(depth)}`;
const deepValue = (depth: number): unknown => {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level += 1) value = { item: [value] };
  return value;
};

describe('JSON of bounded depth', () => {
  it('is read up to the bound and no further', () => {
    expect(readBoundedJson(nested(deepestJson))).toBeDefined();
    expect(readBoundedJson(nested(deepestJson + 1))).toBeUndefined();
    expect(isWithinDepth(`{"a":${nested(deepestJson)}}`)).toBe(false);
    expect(isWithinDepth(nested(1_000_000))).toBe(false);
  });

  it('counts no bracket inside a string, however it is escaped', () => {
    const text = JSON.stringify({ words: '[{'.repeat(500), '\\"[[': '\\'.repeat(7), last: `"${'['.repeat(200)}` });
    expect(readBoundedJson(text)).toEqual(JSON.parse(text));
    expect(isWithinDepth(`["\\\\",${nested(deepestJson)}]`)).toBe(false);
  });

  it('is nothing when it is no JSON', () => {
    for (const text of ['', '{"a":', '"[', 'undefined', '\\']) expect(readBoundedJson(text), text).toBeUndefined();
  });

  it('is told of a value that somebody else has parsed, without running out of stack', () => {
    expect(isValueWithinDepth(deepValue(50))).toBe(true);
    expect(isValueWithinDepth(deepValue(51))).toBe(false);
    expect(isValueWithinDepth(JSON.parse(nested(200_000)))).toBe(false);
    expect(isValueWithinDepth('text')).toBe(true);
  });
});
