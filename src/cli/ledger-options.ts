import { UsageError } from './usage-error.ts';

/** Options that belong to some of the verbs alone, and to which. */
const verbsOf: Readonly<Record<string, readonly string[]>> = {
  state: ['list'],
  plan: ['list'],
  'not-there': ['retry'],
  reference: ['confirm'],
  reason: ['retry', 'confirm', 'withdraw', 'check', 'merge'],
  repair: ['check'],
  by: ['check', 'merge'],
  into: ['merge'],
};

/** An option that says nothing to this verb was meant otherwise: nothing is done. @throws UsageError that names its verbs */
export function checkOptions(verb: string, values: Readonly<Record<string, string | boolean | undefined>>): void {
  for (const [option, verbs] of Object.entries(verbsOf)) {
    if (values[option] === undefined || verbs.includes(verb)) continue;
    throw new UsageError(`--${option} goes with ${verbs.join(', ')}`);
  }
}
