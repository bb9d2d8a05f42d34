import { defined } from '../../foundation/defined.ts';
import type { VersionedCanonical } from '../../homework/model.ts';
import { type FormedStep, type OwnForm, ownFormCanonical } from '../../homework/plan/own-form.ts';
import { type KindRegister, type RegisteredVersion, registerOf } from '../kind-register.ts';
import { withForm } from '../with-form.ts';
import { ownQuestionnaire, ownVersion } from './own-version.ts';

/** Forms are objects that never change, so what was made of one is made once for as long as it is held. */
const made = new WeakMap<KindRegister, WeakMap<OwnForm, RegisteredVersion>>();

/**
 * The register as one plan has it: every version that everybody has, and the forms of these steps. Another plan's are not in it, however
 * they are called.
 */
export function kindsOfPlan(kinds: KindRegister, steps: readonly FormedStep[]): KindRegister {
  const forms = new Map<VersionedCanonical, { readonly step: FormedStep; readonly form: OwnForm }>();
  for (const step of steps)
    for (const form of step.forms ?? []) forms.set(ownFormCanonical(step, form.version), { step, form });
  if (forms.size === 0) return kinds;
  const own = (canonical: VersionedCanonical) => {
    const named = forms.get(canonical);
    return named && ownForm(kinds, { ...named, canonical });
  };
  return registerOf(kinds.kinds, {
    versions: () => [...kinds.versions, ...[...forms.keys()].flatMap((canonical) => own(canonical) ?? [])],
    find: (canonical) => kinds.find(canonical) ?? own(canonical),
  });
}

/** undefined: this service does not have the version that it is made of. */
function ownForm(
  kinds: KindRegister,
  {
    step,
    form,
    canonical,
  }: { readonly step: FormedStep; readonly form: OwnForm; readonly canonical: VersionedCanonical },
): RegisteredVersion | undefined {
  const known = made.get(kinds) ?? new WeakMap<OwnForm, RegisteredVersion>();
  made.set(kinds, known);
  const before = known.get(form);
  if (before?.canonical === canonical) return before;
  const base = kinds.find(form.base);
  if (base === undefined) return undefined;
  const version = ownVersion(base, form, step.id);
  const questionnaire = ownQuestionnaire(base.questionnaire, { step, form, items: version.questionnaire });
  const scores = version.scores && withForm(version.scores, questionnaire);
  const registered = { ...version, ...defined({ scores }), kind: base.kind, canonical, questionnaire };
  known.set(form, registered);
  return registered;
}
