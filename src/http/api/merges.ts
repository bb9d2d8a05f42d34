import { z } from 'zod';
import { confirmedMergeShape, confirmMergeBody, heldPatientShape, mergeShape } from '../../contract/merge.ts';
import { confirmMerge } from '../../record/patient/confirm-merge.ts';
import { listMerges } from '../../record/patient/list-merges.ts';
import { defineRoute } from './route.ts';

export const mergeRoutes = [
  defineRoute({
    method: 'get',
    path: '/merges',
    operationId: 'listMerges',
    tag: 'Ledger',
    summary: 'Patients whose homework waits because the EHR merged them, and merges that people confirmed',
    needs: ['*.s'],
    answers: {
      200: {
        description: 'Ids only; up to 200 of each',
        schema: z
          .strictObject({
            held: z.array(heldPatientShape),
            confirmed: z.array(confirmedMergeShape),
          })
          .meta({ id: 'PatientMerges' }),
      },
    },
    errors: [],
    async handle({ record, tenant }) {
      return { status: 200, body: await listMerges(record, tenant.id) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/merges/{patientId}/confirm',
    operationId: 'confirmMerge',
    tag: 'Ledger',
    summary: 'Confirm that two patients of the EHR are one: the homework goes on with the survivor',
    description:
      'Both are read in the EHR first, which must itself name the survivor. Everything of the old one moves in one transaction. Said again, it changes nothing.',
    needs: ['*.u'],
    body: confirmMergeBody,
    example: { survivorId: 'sarah-2', by: 'Practitioner/integration-haddad', reason: 'Registered twice' },
    answers: { 200: { description: 'What was moved', schema: mergeShape } },
    errors: ['not-supported', 'ehr-unreachable'],
    async handle({ record, tenant, params, body }) {
      return { status: 200, body: await confirmMerge(record, tenant.id, { ...params, ...body }) };
    },
  }),
];
