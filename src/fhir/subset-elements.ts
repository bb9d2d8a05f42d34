import type { FhirResource } from 'fhir/r4';
import { foreignCodeSystems } from './systems.ts';

/** Which part of a resource is wanted. */
export type Subset =
  | { readonly part: 'summary' | 'text' | 'data' }
  /** Top-level elements by name; a choice by its stem: `effective`. */
  | { readonly part: 'elements'; readonly names: readonly string[] };

interface Elements {
  /** Marked Σ in R4. */
  readonly summary: readonly string[];
  /** Mandatory, or change what the rest means. */
  readonly always: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ');
const definition = words(
  'url identifier version name title status experimental date publisher contact useContext jurisdiction effectivePeriod',
);

/** Top-level elements of the types that we hold; choices by their stem. @see https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.isSummary */
export const subsetElements: Readonly<Record<string, Elements>> = {
  CarePlan: {
    summary: words(
      'identifier instantiatesCanonical instantiatesUri basedOn replaces partOf status intent category title description subject encounter period created author addresses',
    ),
    always: words('status intent subject'),
  },
  Task: {
    summary: words(
      'instantiatesCanonical instantiatesUri basedOn groupIdentifier partOf status statusReason businessStatus intent code description focus for encounter executionPeriod lastModified requester owner location',
    ),
    always: words('status intent'),
  },
  QuestionnaireResponse: {
    summary: words('identifier basedOn partOf questionnaire status subject encounter authored author source'),
    always: words('status'),
  },
  Observation: {
    summary: words(
      'identifier basedOn partOf status code subject focus encounter effective issued performer value hasMember derivedFrom component',
    ),
    always: words('status code'),
  },
  Communication: {
    summary: words(
      'identifier instantiatesCanonical instantiatesUri basedOn partOf status statusReason priority subject encounter reasonCode reasonReference',
    ),
    always: words('status'),
  },
  Flag: {
    summary: words('identifier status category code subject period encounter author'),
    always: words('status code subject'),
  },
  Goal: {
    summary: words(
      'lifecycleStatus achievementStatus category priority description subject start statusDate expressedBy',
    ),
    always: words('lifecycleStatus description subject'),
  },
  DocumentReference: {
    summary: words(
      'masterIdentifier identifier status docStatus type category subject date author relatesTo description securityLabel content context',
    ),
    always: words('status content'),
  },
  Provenance: { summary: words('target recorded'), always: words('target recorded agent') },
  Questionnaire: { summary: [...definition, 'subjectType', 'code'], always: words('status') },
  PlanDefinition: { summary: [...definition, 'type', 'description'], always: words('status') },
  ActivityDefinition: {
    summary: [...definition, 'description', 'kind', 'code', 'doNotPerform'],
    always: words('status doNotPerform'),
  },
};

/** In every part: without them it is not told what it is, or it is misread. */
const kept = ['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension'];
/** Choices of types among the elements above, whose names go on with a type. */
const choices = ['effective', 'value', 'start', 'subject', 'timing', 'product'];

/**
 * A part of a resource, tagged SUBSETTED, so that nobody takes it for the whole. Mandatory elements stay whatever is asked
 * for; a summary of a document has no file in it.
 * @see https://hl7.org/fhir/R4/search.html#summary
 */
export function subsetOf(resource: FhirResource, subset: Subset): FhirResource {
  const { summary, always } = subsetElements[resource.resourceType] ?? { summary: [], always: [] };
  const names: Record<Exclude<Subset['part'], 'data'>, readonly string[]> = {
    summary: [...summary, ...always],
    text: ['text', ...always],
    elements: [...(subset.part === 'elements' ? subset.names : []), ...always],
  };
  const wanted = (key: string): boolean => {
    const element = key.replace(/^_/, '');
    if (kept.includes(element)) return true;
    if (subset.part === 'data') return element !== 'text';
    return names[subset.part].some((name) => isElement(element, name));
  };
  const part = tagged(resource);
  for (const key of Object.keys(part)) if (!wanted(key)) Reflect.deleteProperty(part, key);
  return subset.part === 'summary' || subset.part === 'text' ? withoutFiles(part) : part;
}

function isElement(element: string, name: string): boolean {
  const stem = name.replace(/\[x\]$/, '');
  if (element === stem) return true;
  return choices.includes(stem) && element.startsWith(stem) && /^[A-Z]/.test(element.slice(stem.length));
}

/** A copy, with the tag. */
function tagged(resource: FhirResource): FhirResource {
  const { meta } = resource;
  const tag = { system: foreignCodeSystems.observationValue, code: 'SUBSETTED' };
  return { ...resource, meta: { ...meta, tag: [...(meta?.tag ?? []), tag] } };
}

/** Attachment.data is not Σ: a list of reports must not carry every report. */
function withoutFiles(resource: FhirResource): FhirResource {
  if (resource.resourceType !== 'DocumentReference' || resource.content === undefined) return resource;
  const content = resource.content.map(({ attachment: { data: _data, ...attachment }, ...rest }) => ({
    ...rest,
    attachment,
  }));
  return { ...resource, content };
}
