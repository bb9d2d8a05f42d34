import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import { ourProfiles } from '../../fhir/profiles.ts';
import { type SearchableType, searchParameters } from '../../fhir/search/search-parameters.ts';
import type { HttpTenant } from '../app-options.ts';
import { isDefinitionType } from './definitions.ts';
import { includesOf, revincludesOf } from './parse-include.ts';
import { sortsOf } from './parse-sort.ts';

/** When what this statement says last changed. */
export const statementDate = '2026-11-30';

/** Our own profiles, by the type that they constrain. */
const profiles: Readonly<Record<SearchableType, readonly string[]>> = {
  CarePlan: [ourProfiles.plan],
  Task: [ourProfiles.assignment, ourProfiles.occurrence, ourProfiles.safetyReview],
  QuestionnaireResponse: [ourProfiles.log],
  Observation: [ourProfiles.measure, ourProfiles.adherence, ourProfiles.barrier],
  Communication: [ourProfiles.feedback, ourProfiles.safetyMessage],
  Flag: [ourProfiles.safety],
  Goal: [ourProfiles.goal],
  Provenance: [ourProfiles.provenance],
  DocumentReference: [ourProfiles.report, ourProfiles.safetyNote],
  Questionnaire: [ourProfiles.questionnaire, ourProfiles.ownForm],
  PlanDefinition: [ourProfiles.libraryPlan],
  ActivityDefinition: [ourProfiles.libraryStep],
};

/**
 * What our endpoint of one tenant does, and nothing that it does not: made from the same table as the search itself.
 * @see https://hl7.org/fhir/R4/capabilitystatement.html
 */
export function capabilityStatement(
  publicUrl: string,
  { id: tenantId, fhirOrigins = [] }: Pick<HttpTenant, 'id' | 'fhirOrigins'>,
): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: statementDate,
    publisher: 'Intersession',
    name: 'IntersessionEndpoint',
    title: 'Intersession: therapy homework',
    description:
      'The whole homework record of one tenant, to read and to search: plans, assignments and their occurrences, logs, measures, adherence, feedback, goals, reports, safety signals, who told them where a source system did, and the definitions they follow. Text that a patient does not share is masked. Answers to an occurrence are sent to the address in its Task (`response-endpoint`).',
    kind: 'instance',
    software: { name: 'Intersession' },
    implementation: { description: `Intersession, tenant ${tenantId}`, url: `${publicUrl}/fhir/${tenantId}` },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'An unknown search parameter is an error under `Prefer: handling=strict`; otherwise it is ignored and named in an OperationOutcome in the Bundle. A date without a zone is a day, month or year of this tenant’s time zone. Searches and reads take _summary (true, text, data, false; count in a search), _elements, _pretty and _format (json, or html for a page to look at); searches also _count, _sort, _total, _include and _revinclude.',
        security: {
          cors: fhirOrigins.length > 0,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                  display: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          description:
            'SMART backend services: client_credentials with private_key_jwt (RS384, ES384), scopes system/[type].rs; the addresses are in .well-known/smart-configuration',
        },
        resource: searchableTypes().map(restResource),
      },
    ],
  };
}

function searchableTypes(): SearchableType[] {
  return (Object.keys(searchParameters) as SearchableType[]).sort();
}

function restResource(type: SearchableType): CapabilityStatementRestResource {
  const include = includesOf(type);
  const revinclude = revincludesOf(type);
  return {
    type,
    supportedProfile: [...profiles[type]],
    interaction: [{ code: 'read' }, { code: 'search-type' }],
    versioning: isDefinitionType(type) ? 'no-version' : 'versioned',
    conditionalRead: 'not-match',
    documentation: `_sort by one of ${sortsOf(type).join(', ')}, with - before it for the latest first.`,
    referencePolicy: ['literal'],
    ...(include.length === 0 ? {} : { searchInclude: include }),
    ...(revinclude.length === 0 ? {} : { searchRevInclude: revinclude }),
    searchParam: [
      { name: '_id', type: 'token', documentation: 'The resource’s id' },
      { name: '_lastUpdated', type: 'date', documentation: 'When it last changed' },
      ...searchParameters[type].map(({ name, type: kind, documentation }) => ({ name, type: kind, documentation })),
    ],
  };
}
