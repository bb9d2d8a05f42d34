import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { type CheckResult, CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/**
 * Leaves a share of the mutants, chosen by the seed: StrykerJS asks a checker which mutants are worth running. What is left
 * out is marked as not compiling, because there is no other mark, and is counted nowhere. Which are chosen depends on what
 * each mutant is and where it stands in its file, so that the same code and seed give the same sample.
 */
export class SampleChecker {
  static readonly inject: [typeof commonTokens.options] = [commonTokens.options];
  readonly #share: number;
  readonly #seed: string;

  constructor(options: StrykerOptions) {
    const { share, seed } = options.sample as { share: number; seed: number };
    this.#share = share;
    this.#seed = String(seed);
  }

  async init(): Promise<void> {}

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#resultOf(mutant)]));
  }

  #resultOf({ fileName, mutatorName, location, replacement }: Mutant): CheckResult {
    const file = fileName.replace(/^.*\/(?=src\/)/, '') || relative('.', fileName);
    const what = [this.#seed, file, mutatorName, JSON.stringify(location), replacement].join('\n');
    const at = createHash('sha256').update(what).digest().readUInt32BE() / 2 ** 32;
    return at < this.#share
      ? { status: CheckStatus.Passed }
      : { status: CheckStatus.CompileError, reason: 'not in the sample' };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];
