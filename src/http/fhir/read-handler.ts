import type { RequestHandler } from 'express';
import { subsetOf } from '../../fhir/subset-elements.ts';
import type { KindRegister } from '../../kinds/kind-register.ts';
import { actingAs } from '../../record/actor.ts';
import { readResource } from '../../record/store/read-resource.ts';
import { unknownArtefact } from '../../record/unknown-artefact.ts';
import type { AppOptions } from '../app-options.ts';
import { queryOf } from '../request-target.ts';
import { type Definition, definitionOut, definitionsOf, isDefinitionType } from './definitions.ts';
import { hasVersion, resourceOut, sendFhir } from './fhir-answer.ts';
import { authorizeFhir, type Tenants, tenantIn, typeNamed } from './fhir-caller.ts';
import type { Outgoing } from './outgoing.ts';
import { mayReadOwnForms } from './own-forms.ts';
import { invalid } from './parse-search.ts';
import { parseSubset } from './parse-subset.ts';
import { mayReadTargetsOf } from './provenance-scope.ts';
import { withoutResponseEndpoint } from './without-response-endpoint.ts';

/** `GET [base]/[type]/[id]`, with ETag and If-None-Match. @see https://hl7.org/fhir/R4/http.html#read */
export function readHandler(options: AppOptions, tenants: Tenants, definitionsChanged: string): RequestHandler {
  return async (request, response) => {
    const tenant = tenantIn(request, tenants);
    const type = typeNamed(String(request.params.type));
    const { actor, scope } = await authorizeFhir({ options, tenants }, request, { tenant, type, action: 'r' });
    const id = String(request.params.id);
    const { subset, issues } = parseSubset(type, [...queryOf(request)]);
    if (issues.length > 0) throw invalid(issues);
    const definition = isDefinitionType(type) ? definitionOf(options.record.kinds, type, id) : undefined;
    if (definition === undefined && isDefinitionType(type) && !mayReadOwnForms(type, scope))
      throw unknownArtefact({ artefact: type, id });
    const found: Outgoing =
      definition === undefined
        ? await readResource(actingAs(options.record, actor), tenant.id, { type, id })
        : definitionOut(definition, definitionsChanged);
    if (!mayReadTargetsOf(found.resource, scope)) throw unknownArtefact({ artefact: type, id });
    response
      .set('ETag', `W/"${found.version}"`)
      .set('Last-Modified', new Date(found.lastUpdated).toUTCString())
      .set('Cache-Control', 'no-store');
    if (hasVersion(request, found.version)) response.status(304).end();
    else {
      const whole = withoutResponseEndpoint(resourceOut(found, tenant.fhirBase), scope);
      sendFhir(response, subset === undefined ? whole : subsetOf(whole, subset));
    }
  };
}

function definitionOf(kinds: KindRegister, type: string, id: string): Definition | undefined {
  return definitionsOf(kinds).find((definition) => definition.resourceType === type && definition.id === id);
}
