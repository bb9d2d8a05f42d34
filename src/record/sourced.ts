import { randomUUID } from 'node:crypto';
import { deriveId } from './derive-id.ts';

/** A command that may carry the name its source system has for what it makes: sending it twice makes it once. */
export interface Sourced {
  /** Unique for its client and operation. */
  readonly sourceId?: string;
  /** Who says so: the client id of the token. */
  readonly clientId?: string;
}

/** The id of what a command makes: derived from the source system's name for it, else random. */
export function idOf(tenantId: string, operation: string, command: Sourced): string {
  if (command.sourceId === undefined) return randomUUID();
  return deriveId(operation, tenantId, command.clientId ?? '', command.sourceId);
}
