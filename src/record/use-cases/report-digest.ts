import { createHash } from 'node:crypto';

/** The text of a report without its marker line, which names a report that a preview isn't yet. */
export function unmarked(text: string): string {
  return text.replace(/\n+\[IS:[^\n]*\]$/, '');
}

/** Stands for the text that a person has read, without its marker: what they file is that, or nothing. */
export function reportDigest(text: string): string {
  return createHash('sha256').update(unmarked(text)).digest('hex');
}
