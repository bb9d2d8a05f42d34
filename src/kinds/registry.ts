import type { Questionnaire } from 'fhir/r4';
import { defined } from '../homework/defined.ts';
import { IntersessionError } from '../homework/errors.ts';
import type { KindSlug, VersionedCanonical } from '../homework/model.ts';
import { behaviouralExperiment } from './behavioural-experiment/index.ts';
import { communicationPractice } from './communication-practice/index.ts';
import { gradedExposure } from './graded-exposure/index.ts';
import type { Kind } from './kind.ts';
import { selfMonitoring } from './self-monitoring/index.ts';

/** Every kind of homework. A new one is a folder beside the others and a line here. */
export const kinds: readonly Kind[] = [selfMonitoring, behaviouralExperiment, gradedExposure, communicationPractice];

const bySlug = new Map(kinds.map((kind) => [kind.slug, kind]));
const byCanonical = new Map(
  kinds.map(({ questionnaire }) => [`${questionnaire.url}|${questionnaire.version}`, questionnaire]),
);

/**
 * The kind of that slug.
 *
 * @param field where the slug stands in what was asked: `assignments[2].kind`
 * @throws IntersessionError `unknown-kind`, naming the known ones
 */
export function kindBySlug(slug: KindSlug, field?: string): Kind {
  const kind = bySlug.get(slug);
  if (kind) return kind;
  const known = kinds.map((kind) => kind.slug);
  throw new IntersessionError(
    'unknown-kind',
    { kind: slug, known, ...defined({ field }) },
    `There is no such kind of homework; the known ones are ${known.join(', ')}.`,
  );
}

/** The questionnaire of exactly that `url|version`; a running plan never follows a newer one. */
export function questionnaireByCanonical(canonical: VersionedCanonical): Questionnaire | undefined {
  return byCanonical.get(canonical);
}
