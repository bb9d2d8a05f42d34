import { z } from 'zod';
import type { FaceName } from './face-name.ts';

const faultSchema = z
  .strictObject({
    face: z.string().min(1),
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']).optional(),
    type: z.string().min(1).optional(),
    action: z.enum(['drop-before-commit', 'drop-after-commit', 'status', 'delay']),
    status: z.int().min(400).max(599).optional(),
    retryAfterSeconds: z.number().min(0).optional(),
    delayMs: z.number().min(0).max(60_000).optional(),
    times: z.int().min(1).default(1),
  })
  .refine((fault) => fault.action !== 'status' || fault.status !== undefined, { message: 'status is required' })
  .refine((fault) => fault.action !== 'delay' || fault.delayMs !== undefined, { message: 'delayMs is required' });

/** A disturbance ordered by a test: what the next matching FHIR requests will meet. */
export type Fault = z.infer<typeof faultSchema>;

/** The disturbances ordered and not yet used up. */
export class Faults {
  readonly #faces: ReadonlySet<FaceName>;
  #pending: Fault[] = [];

  constructor(faces: Iterable<FaceName>) {
    this.#faces = new Set(faces);
  }

  /** Orders one. @returns the fields that are wrong, empty when it was taken */
  add(order: unknown): string[] {
    const parsed = faultSchema.safeParse(order);
    if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    if (!this.#faces.has(parsed.data.face)) return [`face: must be one of ${[...this.#faces].join(', ')}`];
    this.#pending.push({ ...parsed.data });
    return [];
  }

  clear(): void {
    this.#pending = [];
  }

  /** Takes one use of the first disturbance that concerns the request. @param type `Bundle` for a transaction or batch */
  take(face: FaceName, method: string, type: string): Fault | undefined {
    return this.#use(
      (candidate) =>
        candidate.face === face &&
        (candidate.method === undefined || candidate.method === method) &&
        (candidate.type === undefined || candidate.type === type),
    );
  }

  /** Takes one use of the first disturbance ordered for just this endpoint of the authorization server. */
  takeFor(face: FaceName, endpoint: 'authorize' | 'token'): Fault | undefined {
    return this.#use((candidate) => candidate.face === face && candidate.type === endpoint);
  }

  #use(concerns: (candidate: Fault) => boolean): Fault | undefined {
    const fault = this.#pending.find(concerns);
    if (fault === undefined) return undefined;
    fault.times--;
    if (fault.times === 0) this.#pending = this.#pending.filter((candidate) => candidate !== fault);
    return fault;
  }
}
