import type { RequestHandler } from 'express';
import type { OperationOutcome, QuestionnaireResponse } from 'fhir/r4';
import { z } from 'zod';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import { actingAs } from '../../record/actor.ts';
import { readResource } from '../../record/store/read-resource.ts';
import { acceptQuestionnaireResponse } from '../../record/use-cases/accept-questionnaire-response.ts';
import { isWriter } from '../../record/use-cases/may-change-log.ts';
import type { AppOptions } from '../app-options.ts';
import { resourceOut, sendFhir } from './fhir-answer.ts';
import type { Tenants } from './fhir-caller.ts';
import { holdResponse } from './hold-response.ts';
import { endpointIn, type ResponseEndpoint, unknownEndpoint } from './response-door.ts';
import { locateAnswers } from './response-issues.ts';

const item: z.ZodType = z.lazy(() =>
  z.looseObject({
    linkId: z.string(),
    item: z.array(item).optional(),
    answer: z.array(z.looseObject({ item: z.array(item).optional() })).optional(),
  }),
);

const reference = z.looseObject({
  reference: z.string().optional(),
  type: z.string().optional(),
  identifier: z.looseObject({ system: z.string().optional(), value: z.string().optional() }).optional(),
});

const extension: z.ZodType = z.looseObject({
  url: z.string(),
  valueReference: reference.optional(),
  extension: z.array(z.looseObject({ url: z.string(), valueReference: reference.optional() })).optional(),
});

/** As much of the shape as reading it relies on; what it says is judged by the use case. */
const shape = z.looseObject({
  resourceType: z.literal('QuestionnaireResponse'),
  questionnaire: z.string(),
  status: z.string(),
  authored: z.string().optional(),
  subject: reference.optional(),
  source: reference.optional(),
  author: reference.optional(),
  encounter: reference.optional(),
  basedOn: z.array(reference).optional(),
  partOf: z.array(reference).optional(),
  extension: z.array(extension).optional(),
  contained: z.array(z.looseObject({ id: z.string().optional(), url: z.string().optional() })).optional(),
  item: z.array(item).optional(),
});

/**
 * `POST [base]/response/[occurrence]/[signature]`: the answers of one occurrence, from any SDC form filler. The address is
 * the permission: who has it may answer for the patient, once, while the occurrence is open; it shows what was sent to it, and
 * nothing of what anybody has made of that since.
 * @see https://build.fhir.org/ig/HL7/sdc/workflow.html
 */
export function responseHandler(options: AppOptions, tenants: Tenants): RequestHandler {
  return async (request, response) => {
    const { config } = options;
    const { tenant, occurrenceId } = knownEndpoint(options, tenants, request.params);
    const record = actingAs(options.record, { type: 'form', occurrenceId });
    const body = readShape(holdResponse(request.body));
    const command = { occurrenceId, response: body, ehrBase: tenant.fhirBase };
    const accepted = await acceptQuestionnaireResponse(record, tenant.id, command).catch((error: unknown) => {
      throw locateAnswers(error, body);
    });
    const type = 'QuestionnaireResponse';
    const location = `${config.publicUrl}/fhir/${tenant.id}/${type}/${accepted.log.id}`;
    if (!isWriter(record.actor, accepted.log)) {
      // sent again: the patient has put other words in their place
      response.status(200).set('Location', location);
      sendFhir(response, takenBefore);
      return;
    }
    const stored = await readResource(record, tenant.id, { type, id: accepted.log.id });
    response
      .status(accepted.created ? 201 : 200)
      .set('Location', `${location}/_history/${stored.version}`)
      .set('ETag', `W/"${stored.version}"`);
    sendFhir(response, resourceOut(stored, tenant.fhirBase));
  };
}

const takenBefore: OperationOutcome = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'information',
      code: 'informational',
      details: { text: 'This response was taken before' },
      diagnostics: 'Somebody else has changed it since, and how it stands now is not shown here.',
    },
  ],
};

function knownEndpoint(...where: Parameters<typeof endpointIn>): ResponseEndpoint {
  const known = endpointIn(...where);
  if (known === undefined) throw unknownEndpoint();
  return known;
}

function readShape(body: unknown): QuestionnaireResponse {
  const parsed = shape.safeParse(body, { reportInput: true });
  if (parsed.success) return body as QuestionnaireResponse;
  const issues = parsed.error.issues.map((issue) => ({
    path: ['QuestionnaireResponse', ...issue.path]
      .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
      .join(''),
    problem: issue.input === undefined ? 'is missing' : 'has the wrong type or value',
  }));
  const fields = issues.map(({ path }) => path).join(', ');
  throw new IntersessionError('invalid-request', { issues }, `This is not a QuestionnaireResponse: ${fields}`);
}
