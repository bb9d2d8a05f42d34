import type { KindView } from '../../contract/app/patient-homework.ts';
import { defined } from '../../foundation/defined.ts';
import type { Role } from '../../homework/role.ts';
import { canonicalOf } from '../../kinds/canonical-of.ts';
import { currentVersion } from '../../kinds/kind.ts';
import type { RegisteredVersion } from '../../kinds/kind-register.ts';
import { kindDefaults, kindParts } from '../kind-parts.ts';

/** What reads the answers to a version of a questionnaire; for who designs steps, with what stands in a new one. */
export function kindForApp(version: RegisteredVersion, role: Role): KindView {
  const { kind, canonical, summary, behaviourLinkId, predictionParts, scores, safety } = version;
  const isCurrent = canonicalOf(currentVersion(kind).questionnaire) === canonical;
  return {
    ...{ slug: kind.slug, title: kind.title, summary: [...summary], questionnaire: canonical },
    ...defined({ behaviourLinkId, predictionParts, scores: scores && [...scores], safety: safety && [...safety] }),
    ...kindParts(kind, version),
    ...(role === 'clinician' && isCurrent ? { defaults: kindDefaults(kind) } : {}),
  };
}
