/** Letters of a SMART v2 scope. */
export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's';
