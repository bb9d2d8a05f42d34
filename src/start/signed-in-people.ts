import type { Carrier, People } from '../delivery/carrier.ts';
import type { SmartClient } from '../ehr/smart/open-smart-client.ts';
import { userToken } from '../http/smart/user-token.ts';
import { parseScopes } from '../landing/granted-scopes.ts';
import type { AppSession, SessionStore } from '../record/session/app-session.ts';
import { sessionsOfPatient } from '../record/session/sessions-of-patient.ts';

/**
 * The people whose tokens delivery may use: those who have the patient open in an app session now. The token is taken
 * from that session when it is needed and kept nowhere else; when the session ends, so does what it can carry.
 */
export function signedInPeople(store: SessionStore, clients: ReadonlyMap<string, SmartClient>): People {
  return {
    async carriersFor(tenantId, patientId) {
      const client = clients.get(tenantId);
      if (client === undefined) return [];
      const sessions = await sessionsOfPatient(store, tenantId, patientId);
      return sessions.map((session) => toCarrier(store, client, session));
    },
  };
}

function toCarrier(store: SessionStore, client: SmartClient, session: AppSession): Carrier {
  let force = false;
  return {
    userReference: session.userReference,
    role: session.role,
    grants: parseScopes(session.sealed.tokens.scope),
    async authorization() {
      const token = await userToken(store, client, session, { force });
      force = false;
      return `Bearer ${token}`;
    },
    refused() {
      force = true;
    },
  };
}
