import type { z } from 'zod';
import type { kindParts as shape } from '../contract/kind.ts';
import { defined } from '../foundation/defined.ts';
import type { Kind, KindVersion } from '../kinds/kind.ts';

type KindParts = z.input<z.ZodObject<typeof shape>>;

/** What a plan may name or choose of a form, and what of it the patient keeps to themself: of whichever version. */
export function kindParts(
  { family }: Pick<Kind, 'family'>,
  { ownParts, settings, keptToSelf }: Pick<KindVersion, 'ownParts' | 'settings' | 'keptToSelf'>,
): KindParts {
  return defined({
    family,
    keptToSelf: keptToSelf && [...keptToSelf],
    ownParts: ownParts?.map(({ pattern: _pattern, defaults, ...part }) => ({ ...part, defaults: [...defaults] })),
    settings: settings?.map((setting) =>
      'options' in setting
        ? { ...setting, options: setting.options.map(({ code, label }) => ({ code, label })) }
        : setting,
    ),
  });
}

/** What stands in a new step of the kind when nothing else is said. */
export function kindDefaults({ defaults }: Pick<Kind, 'defaults'>) {
  const { lateGraceHours, instructions, rationale, schedule, standing, unlockedByClinician } = defaults;
  return { lateGraceHours, instructions, rationale, ...defined({ schedule, standing, unlockedByClinician }) };
}
