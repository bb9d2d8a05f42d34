import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { FormChoice, OwnName } from '../../homework/plan/own-form.ts';
import type { FormSetting, KindVersion, OwnPart } from '../kind.ts';
import { chooseNames, type GivenName, type Issue } from './choose-names.ts';

/** What is given of a form's choice; what is left out stays as it was, or as the kind has it. */
export interface GivenForm {
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly own?: Readonly<Record<string, readonly GivenName[]>>;
}

export interface Choosing {
  /** Every choice that the step has had, the earliest first. */
  readonly earlier: readonly FormChoice[];
  /** Where the form stands in what was asked: `assignments[2].form` */
  readonly field: string;
}

/**
 * The whole choice of a form: every setting, and every name with its id. A name keeps the id that it had, whether it is given with it or by
 * the same text; a new one gets an id that none of this step ever had.
 * @throws IntersessionError `invalid-request` naming every field at fault
 */
export function chooseForm(
  { settings = [], ownParts = [] }: Pick<KindVersion, 'settings' | 'ownParts'>,
  given: GivenForm,
  { earlier, field }: Choosing,
): FormChoice {
  const issues: Issue[] = [
    ...unknown(given.settings, settings, { field: `${field}.settings`, what: 'no setting of this form' }),
    ...unknown(given.own, ownParts, { field: `${field}.own`, what: 'no part of this form that a plan names' }),
  ];
  const before = earlier.at(-1);
  const chosen = settings.map((setting) => {
    const value = given.settings?.[setting.name] ?? before?.settings[setting.name] ?? byDefault(setting);
    const problem = settingProblem(setting, value);
    if (problem !== undefined) issues.push({ path: `${field}.settings.${setting.name}`, problem });
    return [setting.name, value] as const;
  });
  const named = ownParts.map((part) => {
    const names = given.own?.[part.name];
    if (names === undefined) return [part.name, before?.own[part.name] ?? part.defaults] as const;
    const all = earlier.map(({ own }) => own[part.name] ?? []);
    const own = chooseNames(part, names, { earlier: all, field: `${field}.own.${part.name}` });
    issues.push(...own.issues);
    return [part.name, own.names] as const;
  });
  if (issues.length > 0) {
    const fields = issues.map(({ path, problem }) => `${path} ${problem}`).join('; ');
    throw new IntersessionError('invalid-request', { issues }, `The form does not fit its kind: ${fields}.`);
  }
  return { settings: Object.fromEntries(chosen), own: Object.fromEntries(named) };
}

/** What of a choice a form has a place for, without what only another form has. */
export function fittingChoice(
  { settings = [], ownParts = [] }: Pick<KindVersion, 'settings' | 'ownParts'>,
  choice: FormChoice,
): GivenForm {
  const has = (list: readonly (FormSetting | OwnPart)[], name: string) => list.some((one) => one.name === name);
  const fits = settings.filter((setting) => {
    const value = choice.settings[setting.name];
    return value !== undefined && settingProblem(setting, value) === undefined;
  });
  return {
    settings: Object.fromEntries(Object.entries(choice.settings).filter(([name]) => has(fits, name))),
    own: Object.fromEntries(
      Object.entries(choice.own).filter(([name, names]: readonly [string, readonly OwnName[]]) =>
        ownParts.some((part) => part.name === name && names.length >= part.least && names.length <= part.most),
      ),
    ),
  };
}

function byDefault(setting: FormSetting): string | number {
  return 'options' in setting ? setting.byDefault : setting.number.byDefault;
}

function settingProblem(setting: FormSetting, value: string | number): string | undefined {
  if ('options' in setting) {
    const codes = setting.options.map(({ code }) => code);
    return codes.some((code) => code === value) ? undefined : `must be one of ${codes.join(', ')}`;
  }
  const { least, most, whole = false } = setting.number;
  const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
  return fits ? undefined : `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`;
}

function unknown(
  given: Readonly<Record<string, unknown>> | undefined,
  known: readonly { readonly name: string }[],
  { field, what }: { readonly field: string; readonly what: string },
): Issue[] {
  const names = known.map(({ name }) => name);
  const list = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  return Object.keys(given ?? {})
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: `${field}.${name}`, problem: `is ${what}; ${list}` }));
}
