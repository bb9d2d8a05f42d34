import type { ScopeLetter } from './granted-scopes.ts';
import type { WriteInteraction } from './write-need.ts';

/** SMART v2 scope letter of an interaction. */
export const letterOf: Readonly<Record<WriteInteraction, ScopeLetter>> = { create: 'c', update: 'u' };
