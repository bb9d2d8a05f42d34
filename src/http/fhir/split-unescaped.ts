/** Splits at a separator that has no backslash before it; the parts stay escaped. */
export function splitUnescaped(value: string, separator: ',' | '|'): string[] {
  const parts: string[] = [''];
  for (let index = 0; index < value.length; index++) {
    const character = value[index] ?? '';
    const last = parts.length - 1;
    if (character === '\\') {
      parts[last] += character + (value[index + 1] ?? '');
      index++;
    } else if (character === separator) parts.push('');
    else parts[last] += character;
  }
  return parts;
}

/** Takes the backslash from `\,`, `\|`, `\$` and `\\`. */
export function unescapeValue(value: string): string {
  return value.replace(/\\([,|$\\])/g, '$1');
}
