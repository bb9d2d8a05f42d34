import type { JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../foundation/clock.ts';
import type { AuthorizationServer } from './discover-authorization.ts';
import type { SmartTenant } from './smart-tenant.ts';

/** Where and as whom the exchange is made. */
export interface Exchange {
  readonly tenant: SmartTenant;
  readonly server: AuthorizationServer;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
  readonly timeoutMs: number;
}
