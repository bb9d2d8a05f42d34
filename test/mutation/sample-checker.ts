import { type CheckResult, CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { isInSample, type Sample } from './sample.ts';

/**
 * Leaves the mutants of the sample: StrykerJS asks a checker which mutants are worth running. What is left out is marked as not
 * compiling, because there is no other mark, and is counted nowhere.
 */
export class SampleChecker {
  static readonly inject: [typeof commonTokens.options] = [commonTokens.options];
  readonly #sample: Sample;

  constructor(options: StrykerOptions) {
    this.#sample = options.sample as Sample;
  }

  async init(): Promise<void> {}

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#resultOf(mutant)]));
  }

  #resultOf(mutant: Mutant): CheckResult {
    return isInSample(mutant, this.#sample)
      ? { status: CheckStatus.Passed }
      : { status: CheckStatus.CompileError, reason: 'not in the sample' };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];
