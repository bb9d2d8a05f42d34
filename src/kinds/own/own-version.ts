import type { Questionnaire } from 'fhir/r4';
import { defined } from '../../foundation/defined.ts';
import type { PredictionParts } from '../../homework/homework-rules.ts';
import { type FormChoice, type FormedStep, type OwnForm, ownFormUrl } from '../../homework/plan/own-form.ts';
import type { SafetyDeclaration } from '../../homework/safety/safety-signal.ts';
import { withThresholds } from '../../homework/safety/with-thresholds.ts';
import { canonicalOf } from '../canonical-of.ts';
import { type KindVersion, thresholdsOf } from '../kind.ts';
import { followLinks, type Links, ownItems } from './follow-links.ts';
import { ownLines } from './own-lines.ts';
import { ownScores } from './own-scores.ts';

/**
 * A kind's version with what a plan has chosen: its pattern items stand once for each name, what the settings leave out is not asked,
 * and all that names linkIds names those that there are. The same base and the same choice give the same version for ever.
 */
export function ownVersion(base: KindVersion, choice: FormChoice, step: string): KindVersion {
  const items = followLinks(base, choice);
  const { scores, links } = ownScores(base.scores ?? [], items);
  const { questionnaire, behaviourLinkId, safety, predictionTold, keptToSelf, thresholds: _none, ...rest } = base;
  const asked = { ...questionnaire, item: [...ownItems(questionnaire.item ?? [], items)] };
  const asks = (linkId: string) => links.of(linkId).type === 'same';
  const numbers = Object.entries(choice.settings).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value] as const] : [],
  );
  const asAsked = (declared: SafetyDeclaration) =>
    links.all(declared.linkId).map((linkId) => ({ ...declared, linkId }));
  return {
    ...rest,
    questionnaire: asked,
    ...defined({
      behaviourLinkId: behaviourLinkId !== undefined && asks(behaviourLinkId) ? behaviourLinkId : undefined,
      predictionTold: predictionTold !== undefined && asks(predictionTold.linkId) ? predictionTold : undefined,
      predictionParts: base.predictionParts && ownPredictions(base.predictionParts, links),
      safety: safety && withThresholds(safety.flatMap(asAsked), Object.fromEntries(numbers)),
      keptToSelf: keptToSelf?.flatMap(links.all),
      // of the kind's form no longer: the register adds what this one says
      scores: base.scores && scores.map(({ form: _kinds, ...score }) => score),
    }),
    ...(numbers.length === 0 ? {} : { thresholds: { ...thresholdsOf(base), ...Object.fromEntries(numbers) } }),
    summary: ownLines(base.summary, links, step),
  };
}

/** Without one of its sides there is nothing to lock. */
function ownPredictions(parts: PredictionParts, links: Links): PredictionParts | undefined {
  const [predictions, outcomes] = [parts.predictions.flatMap(links.all), parts.outcomes.flatMap(links.all)];
  return predictions.length === 0 || outcomes.length === 0 ? undefined : { predictions, outcomes };
}

/** Whether a form with this choice is another than the kind's own. */
export function differsFromKind(base: KindVersion, choice: FormChoice): boolean {
  const { ownParts = [], settings = [] } = base;
  return (
    ownParts.length > 0 ||
    settings.some((setting) =>
      'options' in setting
        ? setting.options.some(({ code, without }) => code === choice.settings[setting.name] && without.length > 0)
        : choice.settings[setting.name] !== setting.number.byDefault,
    )
  );
}

/**
 * The Questionnaire of a form of a plan's own: complete in itself, so that any form filler can show it, and with the kind's version named
 * as what it is derived from. Its texts are the patient's: it is never among what comes with the program.
 * @see https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.derivedFrom
 */
export function ownQuestionnaire(
  base: Questionnaire,
  { step, form, items }: { readonly step: FormedStep; readonly form: OwnForm; readonly items: Questionnaire },
): Questionnaire & { readonly id: string } {
  const { item, ...words } = items;
  return {
    ...words,
    id: `${step.id}.form-${form.version}`,
    url: ownFormUrl(step),
    version: String(form.version),
    derivedFrom: [canonicalOf(base)],
    date: form.from,
    ...defined({ item }),
  };
}
