import type { Request, RequestHandler } from 'express';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { actingAs } from '../../record/actor.ts';
import type { AppOptions } from '../app-options.ts';
import { clientQuota } from '../client-quota.ts';
import { queryOf } from '../request-target.ts';
import { sendFhir, wish } from './fhir-answer.ts';
import { authorizeFhir, type Tenants, tenantIn, typeNamed } from './fhir-caller.ts';
import { searchBundle } from './search-bundle.ts';

/** `GET [base]/[type]?…` and `POST [base]/[type]/_search`. @see https://hl7.org/fhir/R4/http.html#search */
export function searchHandler(options: AppOptions, tenants: Tenants, definitionsChanged: string): RequestHandler {
  const quota = clientQuota(options.quota);
  return async (request, response) => {
    const tenant = tenantIn(request, tenants);
    const type = typeNamed(String(request.params.type));
    const { scope, actor, clientId } = await authorizeFhir({ options, tenants }, request, {
      tenant,
      type,
      action: 's',
    });
    const base = `${options.config.publicUrl}/fhir/${tenant.id}`;
    const context = { record: actingAs(options.record, actor), tenant, base, definitionsChanged };
    const parameters = [...queryOf(request), ...formParameters(request.body)];
    const given = (name: string) => parameters.find(([parameter]) => parameter === name)?.[1];
    wish(response, request, { format: given('_format'), pretty: given('_pretty') });
    const search = { type, parameters, strict: isStrict(request), scope };
    const client = `${tenant.id} ${clientId}`;
    sendFhir(response, await quota.run(client, () => searchBundle(context, search)));
  };
}

function isStrict(request: Request): boolean {
  return /(^|[,;\s])handling\s*=\s*"?strict"?($|[,;\s])/i.test(request.get('Prefer') ?? '');
}

function formParameters(form: unknown): [string, string][] {
  if (typeof form !== 'object' || form === null) return [];
  return Object.entries(form).flatMap(([name, value]) =>
    [value].flat().map((value): [string, string] => [name, text(value)]),
  );
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new IntersessionError(
    'invalid-request',
    { issues: [{ path: '', problem: 'is not a form' }] },
    'The body is not a form',
  );
}
