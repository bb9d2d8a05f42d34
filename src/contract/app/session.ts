import { z } from 'zod';
import { roles } from '../../homework/role.ts';
import { weekdays } from '../../homework/schedule/schedule.ts';
import type { AnswerOf } from '../answer-type.ts';
import { instant } from '../values.ts';

/** A patient as pages name them. */
export const patientNameShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  birthDate: z.string().exactOptional(),
});
export type PatientName = AnswerOf<typeof patientNameShape>;

/** `POST /smart/launch`. */
export const launchedShape = z.strictObject({ authorizeUrl: z.string() });
export type Launched = AnswerOf<typeof launchedShape>;

/** `POST /smart/callback`. */
export const sessionShape = z.strictObject({
  session: z.string(),
  launchId: z.string(),
  expiresAt: instant,
  tenant: z.strictObject({
    id: z.string(),
    name: z.string(),
    timeZone: z.string(),
    language: z.string(),
    weekBegins: z.enum(weekdays).exactOptional().describe('On which day a week of a series begins; absent: Monday'),
    crisisLine: z
      .strictObject({ label: z.string(), phone: z.string() })
      .exactOptional()
      .describe('Absent: none is known, and none is made up'),
    sandbox: z.boolean(),
    now: instant,
  }),
  user: z.strictObject({ reference: z.string(), name: z.string() }),
  role: z.enum(roles),
  patient: patientNameShape.exactOptional(),
  intent: z.string().exactOptional(),
  needPatientBanner: z.boolean(),
  styleUrl: z.string().exactOptional(),
  canWrite: z.boolean(),
});
export type SessionView = AnswerOf<typeof sessionShape>;

/** `POST /open-patient`. */
export const openedPatientShape = z.strictObject({ patient: patientNameShape });
export type OpenedPatient = AnswerOf<typeof openedPatientShape>;

/** `GET /own-name`: who is signed in. */
export const ownNameShape = z.strictObject({ userName: z.string() });
export type OwnName = AnswerOf<typeof ownNameShape>;

/** `GET /people`: clinicians who did something with the open patient's plans, or wrote a message in them. */
export const peopleShape = z.strictObject({
  names: z.record(z.string(), z.string()).describe('By reference; whom this user may not read is left out'),
});
export type People = AnswerOf<typeof peopleShape>;

/** `GET /copy-key`: our half of the key to what a person types on this device. */
export const copyKeyShape = z.strictObject({
  key: z.string(),
  days: z.number().describe('For how many days a device may keep what was not sent; 0: no longer than its tab is open'),
});
