import type { SafetyDeclaration } from './safety-signal.ts';

/**
 * What is declared of the form that a log answers, by the safer threshold of it and of the form that its step asks for now: a plan that has
 * lowered its threshold means also what was begun before, and who began under a lower one keeps that.
 * @param now what is declared of the form that the step asks for now
 */
export function saferThresholds(
  answered: readonly SafetyDeclaration[],
  now: readonly SafetyDeclaration[],
): readonly SafetyDeclaration[] {
  return answered.map((declaration) => {
    const same = now.find((other) => isSameRule(declaration, other));
    const [own, present] = [thresholdOf(declaration), same && thresholdOf(same)];
    return same !== undefined && own !== undefined && present !== undefined && present < own ? same : declaration;
  });
}

/** Whether two forms say of the same answers, by the same setting, that they raise the same. */
function isSameRule(one: SafetyDeclaration, other: SafetyDeclaration): boolean {
  const setting = settingOf(one);
  return (
    setting !== undefined &&
    one.rule === other.rule &&
    one.linkId === other.linkId &&
    one.test.type === other.test.type &&
    settingOf(other) === setting
  );
}

function settingOf({ test }: SafetyDeclaration): string | undefined {
  return test.type === 'at-least' || test.type === 'rise' ? test.setting : undefined;
}

function thresholdOf({ test }: SafetyDeclaration): number | undefined {
  if (test.type === 'at-least') return test.value;
  return test.type === 'rise' ? test.by : undefined;
}
