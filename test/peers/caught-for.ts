import type { Breaking } from './negative-set.ts';
import type { FileReport } from './validator.ts';

/** The message ids by which the validator reports each kind of violation. */
const messageIds: Record<Exclude<Breaking['expects'], 'invariant'>, RegExp> = {
  min: /^Validation_VAL_Profile_Minimum|^Extension_EXT_Simple_ABSENT$/,
  max: /^Validation_VAL_Profile_Maximum/,
  slice: /^Validation_VAL_Profile_(Minimum|NotSlice)|^Extension_EXT_(Unknown|SubExtension)/,
  binding: /^Terminology_TX_NoValid/,
  fixed: /^_DT_Fixed_Wrong$|^TYPE_CHECKS_(PATTERN|FIXED)|^Extension_EXT_Unknown|^Fixed_Type/,
  type: /^Extension_(PROF|EXT)_Type$|^Validation_VAL_Profile_(NoType|Unknown|NotAllowed)/,
  target: /^Reference_REF_BadTargetType/,
  length: /_Primitive_Length$/,
  range: /^Type_Specific_Checks_DT_\w+_(GT|LT)$/,
  context: /^Extension_EXTP?_Context_Wrong/,
};

/**
 * Says whether the validator refused a broken resource for the rule that was broken, and not merely for something that
 * broke along with it.
 */
export function caughtFor({ expects, key }: Breaking, report: FileReport): boolean {
  return report.errors.some(({ messageId }) =>
    expects === 'invariant' ? messageId.endsWith(`#${key}`) : messageIds[expects].test(messageId),
  );
}
