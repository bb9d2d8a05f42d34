import { z } from 'zod';
import { landingShape } from '../../contract/landing.ts';
import { instant } from '../../contract/values.ts';
import { defined } from '../../foundation/defined.ts';
import { defineRoute } from './route.ts';

export const tenantRoutes = [
  defineRoute({
    method: 'get',
    path: '/tenant',
    operationId: 'showTenant',
    tag: 'Tenant',
    summary: 'Which EHR connection this token is for, and how each artefact reaches that EHR',
    needs: [],
    answers: {
      200: {
        description: 'The tenant',
        schema: z
          .strictObject({
            id: z.string(),
            name: z.string(),
            vendor: z.string(),
            timeZone: z.string(),
            language: z.string(),
            sandbox: z.boolean(),
            now: instant.describe('What time it is for this tenant; a sandbox’s clock can be set'),
            fhir: z.string().describe('Our FHIR endpoint of it'),
            ehr: z.string().describe('The EHR’s own'),
            chartUrl: z.string().exactOptional(),
            landings: z.array(landingShape).exactOptional().describe('Absent while the EHR has not been asked yet'),
          })
          .meta({ id: 'Tenant' }),
      },
    },
    errors: [],
    async handle({ options, record, tenant }) {
      const { id, name, vendor, timeZone, language, sandbox, fhirBase } = tenant;
      const landings = await options.landings?.(id);
      const chartUrl = options.chartUrl?.(id);
      const now = (await record.clockOf(id)).now().toISOString();
      const fhir = `${options.config.publicUrl}/fhir/${id}`;
      return {
        status: 200,
        body: {
          ...{ id, name, vendor, timeZone, language, sandbox, now, fhir, ehr: fhirBase },
          ...defined({ chartUrl, landings }),
        },
      };
    },
  }),
];
