import { z } from 'zod';
import { vendorNames } from '../ehr/vendors/registry.ts';
import { ehrIdPattern } from '../foundation/ehr-id.ts';
import { isBlank } from '../foundation/plain-text.ts';
import { serverAddress } from '../foundation/same-address.ts';
import { isThisMachine } from '../foundation/this-machine.ts';
import { artefacts } from '../homework/model.ts';
import { isTimeZone } from '../homework/schedule/day-end.ts';
import { weekdays } from '../homework/schedule/schedule.ts';
import { landings } from '../landing/vendor-traits.ts';
import { base } from './addressed.ts';
import { source } from './source-schema.ts';
import { baseProblem } from './tenant-addresses.ts';

/** One entry of TENANTS_FILE. */
export const tenantSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, 63 at most'),
    // it stands in messages and notes in the EHR
    name: z.string().refine((text) => !isBlank(text), 'must not be blank'),
    /** In one spelling; only what is no plain address stays as it is. */
    fhirBase: z.url().transform((given) => {
      const bare = given.replace(/\/+$/, '');
      return serverAddress(bare) ?? bare;
    }),
    vendor: z.enum(vendorNames as readonly [string, ...string[]]).default('generic'),
    auth: z.enum(['smart', 'none']),
    issuer: base.optional(),
    clientId: z.string().min(1).optional(),
    systemClientId: z.string().min(1).optional(),
    systemScopes: z.string().min(1).optional(),
    /** How the app proves who it is at the token endpoint: not at all (default), by a secret, or by our key. */
    appAuth: z.enum(['public', 'secret', 'key']).optional(),
    /** Holds the secret and nothing else. */
    appClientSecretFile: z.string().min(1).optional(),
    /** Scopes to ask a person for, separated by spaces, without `launch`; default: what the app needs. */
    appScopes: z.string().min(1).optional(),
    /** Whom a patient in danger calls; shown to every patient who signs in, so that no number is ever made up. */
    crisisLine: z
      .strictObject({ label: z.string().trim().min(1), phone: z.string().regex(/\d/, 'must be a number to call') })
      .optional(),
    /** Origins whose pages may show the app in a frame. */
    frameAncestors: z.array(z.url().refine(isOrigin, 'must be an origin like https://ehr.example')).optional(),
    /** Origins whose pages may read the FHIR endpoint of this tenant with a token. */
    fhirOrigins: z.array(z.url().refine(isOrigin, 'must be an origin like https://forms.example')).optional(),
    roles: z
      .array(
        z
          .strictObject({
            fhirUser: z
              .string()
              .regex(/^(?:[^*\s]+\*?|\*)$/, 'must be a reference like Practitioner/17, or the begin of one and *')
              .refine((text) => !text.startsWith('Patient/'), 'must not be a patient, who needs no role here')
              .optional(),
            practitionerRoleCode: z.string().min(1).optional(),
            // nobody becomes a patient by a rule: whom the EHR names as a Patient is one
            role: z.enum(['clinician', 'coordinator', 'integration']),
          })
          .refine(
            ({ fhirUser, practitionerRoleCode }) => fhirUser !== undefined || practitionerRoleCode !== undefined,
            'needs fhirUser or practitionerRoleCode: nobody has a role by this',
          ),
      )
      .default([]),
    roster: z
      .string()
      .regex(new RegExp(`^(?:all|Group/${ehrIdPattern})$`), 'must be all, or a Group like Group/17')
      .optional(),
    timeZone: z.string().refine(isTimeZone, 'not an IANA time zone').default('UTC'),
    language: z.string().default('en-US'),
    encounterRule: z.enum(['latest-open', 'next-opened', 'ask']).default('latest-open'),
    /** For how many days a device may keep, encrypted, what was typed and not sent; 0: no longer than its tab is open. */
    unsentKeptDays: z.number().int().min(0).max(30).optional(),
    lateGraceHours: z.number().int().min(0).max(336).optional(),
    /** On which day a week begins, for homework that is to be done so many times a week. */
    weekBegins: z.enum(weekdays).default('mon'),
    /** What the site decided about a landing, against or beyond what its EHR could do. */
    landings: z
      .partialRecord(z.enum(artefacts), z.strictObject({ landing: z.enum(landings), because: z.string().min(1) }))
      .default({}),
    /** Our Observation codes as rows that the customer built. */
    observationRows: z
      .record(
        z.string(),
        z.strictObject({ system: z.string().min(1), code: z.string().min(1), display: z.string().optional() }),
      )
      .default({}),
    /** Whom people call when a safety signal can reach no chart. */
    safetyRoute: z.strictObject({ name: z.string().min(1), phone: z.string().min(1).exactOptional() }).optional(),
    limits: z
      .strictObject({
        concurrency: z.number().int().min(1).max(256),
        perMinute: z.number().int().min(1),
        /** Longer than any time-out on the way to the EHR's database; ours is 20 s. */
        settleSeconds: z.number().int().min(30).max(3600),
      })
      .partial()
      .default({}),
    /** Systems that send us homework: their keys and what they may do. */
    sources: z.array(source).default([]),
  })
  .superRefine((tenant, context) => {
    // a base that is no URL has its own issue, and no host
    const host = URL.parse(tenant.fhirBase)?.hostname;
    const problem = host === undefined ? undefined : baseProblem(tenant.fhirBase);
    if (tenant.auth === 'none' && /^https?:/.test(tenant.fhirBase) && host !== undefined && !isThisMachine(host)) {
      context.addIssue({ code: 'custom', path: ['auth'], message: '"none" is only for a FHIR server on this machine' });
    } else if (problem !== undefined) context.addIssue({ code: 'custom', path: ['fhirBase'], message: problem });
    if (tenant.auth === 'smart' && tenant.systemClientId === undefined) {
      context.addIssue({ code: 'custom', path: ['systemClientId'], message: 'needed for auth "smart"' });
    }
    if (tenant.clientId !== undefined && tenant.crisisLine === undefined) {
      const message = 'needed with clientId: patients can sign in, and must be shown whom to call where they live';
      context.addIssue({ code: 'custom', path: ['crisisLine'], message });
    }
    if (tenant.appAuth === 'secret' && tenant.appClientSecretFile === undefined) {
      context.addIssue({ code: 'custom', path: ['appClientSecretFile'], message: 'needed for appAuth "secret"' });
    }
    if (tenant.appAuth !== 'secret' && tenant.appClientSecretFile !== undefined) {
      context.addIssue({ code: 'custom', path: ['appClientSecretFile'], message: 'read only for appAuth "secret"' });
    }
    for (const [index, { clientId }] of tenant.sources.entries()) {
      if (tenant.sources.findIndex((source) => source.clientId === clientId) === index) continue;
      const message = 'another source of this tenant has it';
      context.addIssue({ code: 'custom', path: ['sources', index, 'clientId'], message });
    }
  });

/** One EHR connection. `sandbox` is never read from a file: only the two demo tenants have a clock that can be set. */
export type Tenant = z.output<typeof tenantSchema> & { readonly sandbox: boolean };

function isOrigin(text: string): boolean {
  return URL.parse(text)?.origin === text;
}
