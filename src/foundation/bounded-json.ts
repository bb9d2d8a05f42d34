/** No resource and no command of ours is nested half as deep; what reads a tree by recursion is safe down to thousands. */
export const deepestJson = 100;

/**
 * Whether a text of JSON stays within a depth of objects and arrays, told without parsing it: the engine parses any depth,
 * but what then walks or writes the value would run out of stack.
 */
export function isWithinDepth(text: string, most = deepestJson): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === openObject || character === openArray) {
      depth += 1;
      if (depth > most) return false;
    } else if (character === closeObject || character === closeArray) depth -= 1;
  }
  return true;
}

/** The value of a text of JSON; undefined when it is none, or deeper than we walk. */
export function readBoundedJson(text: string): unknown {
  if (!isWithinDepth(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same of a value that somebody else has parsed. */
export function isValueWithinDepth(value: unknown, most = deepestJson): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return true;
  }
  return false;
}

const [quote, backslash, openObject, closeObject, openArray, closeArray] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}
