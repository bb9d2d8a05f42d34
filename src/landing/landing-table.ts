import type { Artefact } from '../homework/model.ts';
import { artefacts } from '../homework/model.ts';
import type { Capabilities } from './capabilities.ts';
import type { Identity, ScopeGrant } from './granted-scopes.ts';
import { permission } from './permission.ts';
import type { Landing, SiteOverrides, VendorTraits } from './vendor-traits.ts';

/** How one artefact reaches this EHR, and why. */
export interface LandingRow {
  readonly artefact: Artefact;
  readonly landing: Landing;
  /** Whose token carries it. */
  readonly identity: Identity;
  /** A sentence for the integration analyst. */
  readonly reason: string;
  /** What would raise it; null when nothing could. */
  readonly toImprove: string | null;
  /** Of a safety signal: the resource types by which it goes, all of them at once. */
  readonly doors?: readonly string[];
}

interface Outcome {
  readonly landing: Landing;
  readonly identity: Identity;
  readonly reason: string;
  readonly toImprove: string | null;
}

/**
 * Decides for all nine artefacts how each lands: the best that statement, granted scopes, vendor and site permit together.
 * @param scopes granted scopes, or those asked for when the server reports none; undefined: the server takes no tokens.
 */
export function landingTable(
  capabilities: Capabilities,
  scopes: readonly ScopeGrant[] | undefined,
  vendor: VendorTraits,
  site: SiteOverrides = {},
): LandingRow[] {
  const may = permission(capabilities, scopes, vendor);
  const note = (missing: string): Outcome => {
    const filing = may('DocumentReference', ['create']);
    if (filing.identity === 'none') {
      const reason = `${missing}; and clinical notes cannot be filed either: ${filing.missing}. It stays in the app.`;
      return { landing: 'app-only', identity: 'none', reason, toImprove: filing.remedy };
    }
    const reason = `${missing}. It is told in the between-session report, a clinical note.`;
    return { landing: 'note', identity: filing.identity, reason, toImprove: null };
  };
  const orNote = (missing: string, remedy: string): Outcome => {
    const lesser = note(missing);
    return { ...lesser, toImprove: lesser.landing === 'note' ? remedy : `${remedy} ${lesser.toImprove ?? ''}`.trim() };
  };

  const carePlan = may('CarePlan', ['create', 'update']);
  const task = may('Task', ['create', 'update']);
  const planIdentity = weaker(carePlan.identity, task.identity);
  const planIsNative = planIdentity !== 'none';
  const planned = (): Outcome => {
    if (planIsNative) {
      const reason = 'CarePlan and Task can both be created and updated here.';
      return { landing: 'native', identity: planIdentity, reason, toImprove: null };
    }
    const lacking = [carePlan, task].filter(({ identity }) => identity === 'none');
    const sentence = `A plan needs CarePlan and Task together, and ${lacking.map(({ missing }) => missing).join('; ')}`;
    return orNote(sentence, lacking.map(({ remedy }) => remedy).join(' '));
  };
  const log = (): Outcome => {
    const response = may('QuestionnaireResponse', ['create']);
    if (response.identity === 'none') return orNote(sentenceCase(response.missing), response.remedy);
    const update = may('QuestionnaireResponse', ['update']);
    const amending = update.identity === 'none' ? ` An amended log cannot follow: ${update.missing}.` : '';
    return {
      landing: planIsNative ? 'native' : 'questionnaire-response',
      identity: response.identity,
      reason: planIsNative
        ? `QuestionnaireResponse can be created here and points to its plan.${amending}`
        : `QuestionnaireResponse can be created here, without its plan, which this EHR does not take.${amending}`,
      toImprove: update.identity === 'none' ? update.remedy : null,
    };
  };
  const measure = (): Outcome => {
    const survey = may('Observation', ['create'], 'survey');
    if (survey.identity === 'none') return orNote(sentenceCase(survey.missing), survey.remedy);
    const reason = planIsNative
      ? 'Observation of category survey can be created here and points to its log and plan.'
      : 'Observation of category survey can be created here; it stands alone, without the plan, which this EHR does not take.';
    return { landing: planIsNative ? 'native' : 'observation', identity: survey.identity, reason, toImprove: null };
  };
  const adherence = (): Outcome => {
    const therapy = may('Observation', ['create', 'update'], 'therapy');
    if (therapy.identity === 'none') return orNote(sentenceCase(therapy.missing), therapy.remedy);
    const reason = 'Observation of category therapy can be created here, and updated while the period runs.';
    return { landing: planIsNative ? 'native' : 'observation', identity: therapy.identity, reason, toImprove: null };
  };
  const feedback = (): Outcome => {
    const communication = may('Communication', ['create']);
    if (communication.identity === 'none') return orNote(sentenceCase(communication.missing), communication.remedy);
    const landing = planIsNative ? 'native' : 'communication';
    return { landing, identity: communication.identity, reason: 'Communication can be created here.', toImprove: null };
  };
  const report = (): Outcome => {
    const filing = may('DocumentReference', ['create']);
    if (filing.identity !== 'none') {
      const reason = 'DocumentReference can be created here: the report is filed as a clinical note in plain text.';
      return { landing: 'note', identity: filing.identity, reason, toImprove: null };
    }
    const reason = `${sentenceCase(filing.missing)}; the report stays in the app.`;
    return { landing: 'app-only', identity: 'none', reason, toImprove: filing.remedy };
  };
  const safety = (): Outcome => {
    const flag = may('Flag', ['create', 'update']);
    const identity = weaker(flag.identity, task.identity);
    if (identity !== 'none') {
      const reason = 'Flag and Task can both be created and updated here.';
      return { landing: 'native', identity, reason, toImprove: null };
    }
    const lacking = [flag, task].filter((one) => one.identity === 'none');
    const sentence = `A safety signal needs Flag and Task together, and ${lacking.map(({ missing }) => missing).join('; ')}`;
    return orNote(sentence, lacking.map(({ remedy }) => remedy).join(' '));
  };

  const decide: Record<Artefact, () => Outcome> = {
    plan: planned,
    assignment: planned,
    occurrence: planned,
    log,
    measure,
    adherence,
    feedback,
    report,
    safety,
  };
  return artefacts.map((artefact) => {
    const best = decide[artefact]();
    const override = site[artefact];
    if (override === undefined) return { artefact, ...best };
    const identity = override.landing === 'app-only' ? 'none' : best.identity;
    const toImprove = `Remove this site's own setting; without it the landing would be ${best.landing}.`;
    return { artefact, landing: override.landing, identity, reason: `Set by the site: ${override.because}`, toImprove };
  });
}

/** Two writes that need each other are carried by the lesser of their identities. */
function weaker(one: Identity, other: Identity): Identity {
  if (one === 'none' || other === 'none') return 'none';
  return one === 'delegated' || other === 'delegated' ? 'delegated' : 'system';
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
