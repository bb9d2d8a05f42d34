import { z } from 'zod';
import type { ScopeLevel } from './auth/scopes.ts';
import { type Face, type ObservationRow, type TypeOffer, typeInteractions } from './faces.ts';
import { FhirError, refuse } from './fhir-error.ts';
import { type TraitName, traitNames } from './traits.ts';

const interaction = z.enum(typeInteractions);
const scopes = z.array(z.string().min(1));

const settingsSchema = z.strictObject({
  /** Types whose writes are answered 202 and wait until somebody decides. */
  holdForReview: z.array(z.string()).default([]),
  /** What is advertised and nevertheless refused. */
  refusals: z
    .array(z.strictObject({ type: z.string(), interaction, status: z.union([z.literal(403), z.literal(405)]) }))
    .default([]),
  /** Another statement than the face's own, by type; an empty list takes the type away. */
  interactions: z.record(z.string(), z.array(interaction)).default({}),
  searchParameters: z.record(z.string(), z.array(z.string())).default({}),
  /** How long every token issued from now on holds. */
  tokenSeconds: z.int().min(1).max(86_400).optional(),
  /** `silent`: the token response does not say which scopes were granted. */
  tokenScope: z.enum(['stated', 'silent']).default('stated'),
  rateLimit: z.strictObject({ requests: z.int().min(0), perSeconds: z.number().positive() }).optional(),
  /** What apps are granted, in place of what the face grants. */
  grants: z.partialRecord(z.enum(['system', 'user', 'patient']), scopes).default({}),
  /** `binary`: attachments are shown by the address of a Binary. */
  attachments: z.enum(['inline', 'binary']).default('inline'),
  /** Rows that the customer built, in place of the face's. */
  observationRows: z
    .array(z.strictObject({ system: z.string(), code: z.string(), patientEntered: z.array(z.string()).optional() }))
    .optional(),
  /** How late an EHR commits whose trait is `commits-late`. */
  lateSeconds: z.number().positive().max(600).default(26),
  /** Ways of real EHRs that this site has. */
  traits: z.array(z.enum(traitNames)).default([]),
});

/** How one site has set up its EHR. */
export type SiteSettings = z.output<typeof settingsSchema>;

/** One site of a face: what its administrators decided, within what the face could offer. Lives as long as the process. */
export class Site {
  readonly #product: Face;
  readonly #own: Partial<SiteSettings>;
  #settings: SiteSettings;
  #face: Face;
  #window = { start: 0, requests: 0 };

  constructor(product: Face, own: Partial<SiteSettings> = {}) {
    this.#product = product;
    this.#face = product;
    this.#own = own;
    this.#settings = settingsSchema.parse(own);
  }

  /** The face as this site offers it. */
  get face(): Face {
    return this.#face;
  }

  get settings(): SiteSettings {
    return this.#settings;
  }

  /** Whether this site's EHR has this way of real EHRs. */
  has(trait: TraitName): boolean {
    return this.#settings.traits.includes(trait);
  }

  /** Changes the settings that are named. @returns the fields that are wrong, empty when it was taken */
  change(order: unknown): string[] {
    const named = typeof order === 'object' && order !== null ? order : {};
    const parsed = settingsSchema.safeParse({ ...this.#settings, ...named });
    if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    this.#set(parsed.data);
    return [];
  }

  /** Back to how the site was at the start. */
  reset(): void {
    this.#set(settingsSchema.parse(this.#own));
  }

  grants(level: ScopeLevel): readonly string[] {
    return this.#settings.grants[level] ?? this.#product.grants[level];
  }

  rows(): readonly ObservationRow[] {
    return this.#settings.observationRows ?? this.#product.rows;
  }

  holds(type: string): boolean {
    return this.#settings.holdForReview.includes(type);
  }

  tokenSeconds(): number | undefined {
    return this.#settings.tokenSeconds;
  }

  hidesScope(): boolean {
    return this.#settings.tokenScope === 'silent';
  }

  attachmentsByAddress(): boolean {
    return this.#settings.attachments === 'binary';
  }

  /** @throws FhirError with the status that this site refuses an advertised interaction with */
  checkRefusals(type: string, name: string): void {
    const found = this.#settings.refusals.find((refusal) => refusal.type === type && refusal.interaction === name);
    if (found === undefined) return;
    const code = found.status === 403 ? 'forbidden' : 'not-supported';
    throw refuse(
      found.status,
      code,
      `${name} on ${type} is advertised, and switched off at this site (source: its settings)`,
    );
  }

  /** Counts one request. @throws FhirError 429 with Retry-After when it is one too many */
  countRequest(): void {
    const limit = this.#settings.rateLimit;
    if (limit === undefined) return;
    const now = Date.now();
    const end = this.#window.start + limit.perSeconds * 1000;
    if (now >= end) this.#window = { start: now, requests: 0 };
    if (++this.#window.requests <= limit.requests) return;
    const wait = Math.max(1, Math.ceil((this.#window.start + limit.perSeconds * 1000 - now) / 1000));
    const diagnostics = `More than ${limit.requests} requests in ${limit.perSeconds} s (source: this site's settings)`;
    throw new FhirError(429, [{ severity: 'error', code: 'throttled', diagnostics }], { 'Retry-After': String(wait) });
  }

  #set(settings: SiteSettings): void {
    this.#settings = settings;
    this.#window = { start: 0, requests: 0 };
    const types = new Map(this.#product.types);
    const named = new Set([...Object.keys(settings.interactions), ...Object.keys(settings.searchParameters)]);
    for (const type of named) {
      const offer = types.get(type);
      const interactions = settings.interactions[type] ?? offer?.interactions ?? [];
      const searchParameters = settings.searchParameters[type] ?? offer?.searchParameters ?? [];
      const changed: TypeOffer = { ...offer, interactions, searchParameters };
      if (interactions.length === 0) types.delete(type);
      else types.set(type, changed);
    }
    this.#face = { ...this.#product, types };
  }
}
