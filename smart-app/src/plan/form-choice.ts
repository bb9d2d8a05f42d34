import type { KindView } from '../../../src/contract/app/patient-homework.ts';

type OwnPart = NonNullable<KindView['ownParts']>[number];
/** What of a kind's form a plan may name or choose. */
export type ChoiceOf = Pick<KindView, 'ownParts' | 'settings'>;
type Setting = NonNullable<KindView['settings']>[number];

/** A name of the plan's own, as it is being written; without an id it is a new one. */
export interface OwnName {
  readonly id?: string;
  readonly text: string;
}

/** What is the plan's own in a form, as it is being written; what is absent is as it stands. */
export interface FormChoiceDraft {
  readonly settings: Readonly<Record<string, string>>;
  readonly own: Readonly<Record<string, readonly OwnName[]>>;
}

export const noChoice: FormChoiceDraft = { settings: {}, own: {} };

/** What stands there already: of a step that has a form of its own. */
export interface FormThere {
  readonly settings: Readonly<Record<string, string | number>>;
  readonly own: Readonly<Record<string, readonly { readonly id: string; readonly text: string }[]>>;
}

/** What a setting's box shows. */
export function settingShown(setting: Setting, { settings }: FormChoiceDraft, there?: FormThere): string {
  const byDefault = 'number' in setting ? setting.number.byDefault : setting.byDefault;
  return settings[setting.name] ?? String(there?.settings[setting.name] ?? byDefault);
}

/** The names that an own part shows, in their order. */
export function namesShown(part: OwnPart, { own }: FormChoiceDraft, there?: FormThere): readonly OwnName[] {
  return own[part.name] ?? there?.own[part.name] ?? part.defaults;
}

/** What is wrong with the form, by the name of its part or setting; empty: nothing. */
export function wrongInForm(
  { ownParts = [], settings = [] }: ChoiceOf,
  draft: FormChoiceDraft,
  there?: FormThere,
): Readonly<Record<string, string>> {
  const ofParts = ownParts.flatMap((part) => {
    const names = written(namesShown(part, draft, there));
    const twice = names.length !== new Set(names.map(({ text }) => text.toLowerCase())).size;
    const problem = twice
      ? 'Two of them are the same.'
      : names.length < part.least
        ? `Please name at least ${part.least}.`
        : names.length > part.most
          ? `There is room for ${part.most}.`
          : undefined;
    return problem === undefined ? [] : [[part.name, problem] as const];
  });
  const ofSettings = settings.flatMap((setting) => {
    if (!('number' in setting)) return [];
    const { least, most, whole = false } = setting.number;
    const shown = settingShown(setting, draft, there);
    const number = Number(shown);
    const fits = shown.trim() !== '' && number >= least && number <= most && (!whole || Number.isInteger(number));
    return fits
      ? []
      : [[setting.name, `Please give a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`] as const];
  });
  return Object.fromEntries([...ofParts, ...ofSettings]);
}

/** The choice as it is sent: what was touched, each part whole; undefined: nothing was. */
export function formToSend(
  { settings = [] }: Pick<KindView, 'settings'>,
  draft: FormChoiceDraft,
): { settings?: Record<string, string | number>; own?: Record<string, readonly OwnName[]> } | undefined {
  const chosen = settings.flatMap((setting) => {
    const text = draft.settings[setting.name];
    return text === undefined ? [] : [[setting.name, 'number' in setting ? Number(text) : text] as const];
  });
  const own = Object.entries(draft.own).map(([part, names]) => [part, written(names)] as const);
  if (chosen.length === 0 && own.length === 0) return undefined;
  return {
    ...(chosen.length === 0 ? {} : { settings: Object.fromEntries(chosen) }),
    ...(own.length === 0 ? {} : { own: Object.fromEntries(own) }),
  };
}

/** Without lines that were left empty. */
function written(names: readonly OwnName[]): readonly OwnName[] {
  return names.flatMap(({ id, text }) =>
    text.trim() === '' ? [] : [{ ...(id === undefined ? {} : { id }), text: text.trim() }],
  );
}
