import type { SessionRole } from './session/app-session.ts';

/** Who makes a change: what the door knows of its caller, never what the caller says. */
export type Actor =
  /** A source system, by its token (`/api/v1`, `/fhir`). */
  | { readonly type: 'source'; readonly clientId: string }
  /** A signed-in person in the app. */
  | {
      readonly type: 'user';
      readonly userReference: string;
      readonly role: SessionRole;
      readonly sessionId: string;
    }
  /** Whoever holds the address of one occurrence's response endpoint. */
  | { readonly type: 'form'; readonly occurrenceId: string }
  /** The service itself: sweeps, imports, delivery. */
  | { readonly type: 'service' };

/** The actor in one text, as it is stored beside what it made. */
export function actorKey(actor: Actor): string {
  switch (actor.type) {
    case 'source':
      return `source:${actor.clientId}`;
    case 'user':
      return `user:${actor.userReference}`;
    case 'form':
      return `form:${actor.occurrenceId}`;
    case 'service':
      return 'service';
  }
}
