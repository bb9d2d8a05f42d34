import { z } from 'zod';
import { reportedByField } from './told.ts';
import { barrierCode, instant, longText, personReference, sourceId, speaker } from './values.ts';
export const barrierShape = z
  .strictObject({
    id: z.string(),
    planId: z.string(),
    assignmentId: z.string().exactOptional(),
    patientId: z.string(),
    code: barrierCode,
    text: z.string().exactOptional(),
    saidBy: z.string().describe('`patient`, or who wrote down what the patient said'),
    ...reportedByField,
    recordedAt: instant,
    talkedOverAt: instant.exactOptional(),
    talkedOver: z
      .strictObject({ by: personReference.exactOptional(), ...reportedByField })
      .exactOptional()
      .describe(
        'Who talked it over. Absent: nobody is known, or it was before this was kept. Not shown to the patient',
      ),
  })
  .meta({ id: 'Barrier' });

/** What stood in the way, with its code, in the patient's words, and who said it. */
export const barrierBody = {
  sourceId: sourceId.exactOptional(),
  code: barrierCode,
  text: longText.exactOptional(),
  saidBy: speaker.exactOptional().describe('Default: the patient'),
};

/** `POST /assignments/{assignmentId}/barriers`. */
export const recordBarrierBody = z.strictObject(barrierBody).meta({ id: 'RecordBarrier' });
/** `POST /plans/{planId}/barriers`. */
export const recordPlanBarrierBody = z.strictObject(barrierBody).meta({ id: 'RecordPlanBarrier' });
/** `POST /barriers/{barrierId}/talked-over`. */
export const talkOverBarrierBody = z
  .strictObject({ actor: personReference.exactOptional().describe('Who talked it over; default: nobody is named') })
  .meta({ id: 'TalkOverBarrier' });
