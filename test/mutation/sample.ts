import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';

/** A share of all mutants, chosen by the seed. */
export interface Sample {
  readonly share: number;
  readonly seed: number;
}

/**
 * Whether a mutant is one of the sample. It depends on what the mutant is and where it stands in its file, so that the same code and seed
 * give the same sample.
 */
export function isInSample(
  mutant: Pick<Mutant, 'fileName' | 'mutatorName' | 'location' | 'replacement'>,
  sample: Sample,
): boolean {
  const { fileName, mutatorName, location, replacement } = mutant;
  const file = fileName.replace(/^.*\/(?=src\/)/, '') || relative('.', fileName);
  const what = [sample.seed, file, mutatorName, JSON.stringify(location), replacement].join('\n');
  return createHash('sha256').update(what).digest().readUInt32BE() / 2 ** 32 < sample.share;
}
