import type { SafetyDeclaration } from './safety-signal.ts';

/**
 * Safety declarations with a plan's own thresholds, by the names of its settings; a setting that the plan does not have, or that is no
 * number, leaves the declared value.
 */
export function withThresholds(
  declarations: readonly SafetyDeclaration[],
  thresholds: Readonly<Record<string, number>>,
): readonly SafetyDeclaration[] {
  return declarations.map((declaration) => {
    const { test } = declaration;
    if ((test.type !== 'at-least' && test.type !== 'rise') || test.setting === undefined) return declaration;
    const own = Object.hasOwn(thresholds, test.setting) ? thresholds[test.setting] : undefined;
    if (own === undefined || !Number.isFinite(own)) return declaration;
    return { ...declaration, test: test.type === 'rise' ? { ...test, by: own } : { ...test, value: own } };
  });
}
