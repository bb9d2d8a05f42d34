import { z } from 'zod';
import { patientStates } from '../homework/patient/patient-standing.ts';
import { ehrReference, id, instant, reason } from './values.ts';
export const mergeShape = z
  .strictObject({
    patientId: z.string().describe('Who was merged away'),
    survivorId: z.string().describe('Who they are now'),
    confirmedBy: z.string(),
    confirmedAt: instant,
    plans: z.number().int().describe('Plans that were moved'),
    artefacts: z.number().int().describe('Artefacts that went on their way to the EHR by it'),
  })
  .meta({ id: 'PatientMerge' });

export const confirmedMergeShape = mergeShape.extend({ reason: z.string() });

/** A patient whose homework waits because of how they stand in the EHR. */
export const heldPatientShape = z.strictObject({
  patientId: z.string(),
  state: z.enum(patientStates).exclude(['current']),
  survivorId: z.string().nullable().describe('Whom the EHR names in their place'),
  learnedAt: instant,
  plans: z.number().int(),
  waiting: z.number().int().describe('Ledger rows that have not landed'),
});

/** `POST /merges/{patientId}/confirm`, by the API. */
export const confirmMergeBody = z
  .strictObject({ survivorId: id, by: ehrReference, reason })
  .meta({ id: 'ConfirmMerge' });
