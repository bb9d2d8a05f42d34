import { randomUUID } from 'node:crypto';
import { deriveId } from '../store/derive-id.ts';

/** A command that may carry the name its source system has for what it makes: sending it twice makes it once. */
export interface Sourced {
  /** Unique for its client and operation. */
  readonly sourceId?: string;
  /** Who says so: the client id of the token. */
  readonly clientId?: string;
}

/** What a command makes, and for whom. */
export interface Made {
  /** Which names the source system has used: `log`, `plan` … */
  readonly operation: string;
  readonly command: Sourced;
  readonly patientId: string;
}

/**
 * The id of what a command makes: derived from the source system's name for it, else random. The patient is part of it:
 * an EHR may remember what a lost database made under that name for somebody else.
 */
export function idOf(tenantId: string, { operation, command, patientId }: Made): string {
  if (command.sourceId === undefined) return randomUUID();
  return deriveId(operation, tenantId, command.clientId ?? '', patientId, command.sourceId);
}
