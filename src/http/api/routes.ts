import { assignmentRoutes } from './assignments.ts';
import { barrierRoutes } from './barriers.ts';
import { feedbackRoutes } from './feedback.ts';
import { kindRoutes } from './kinds.ts';
import { ledgerRoutes } from './ledger.ts';
import { ledgerCheckRoutes } from './ledger-checks.ts';
import { libraryPlanRoutes } from './library-plans.ts';
import { logRoutes } from './logs.ts';
import { mergeRoutes } from './merges.ts';
import { occurrenceRoutes } from './occurrences.ts';
import { planRoutes } from './plans.ts';
import { reportRoutes } from './reports.ts';
import type { ApiRoute } from './route.ts';
import { safetySignalRoutes } from './safety-signals.ts';
import { tenantRoutes } from './tenant.ts';

/** Every route of `/api/v1`: mounted, and described in the OpenAPI document, from this one list. */
export const apiRoutes: readonly ApiRoute[] = [
  ...planRoutes,
  ...reportRoutes,
  ...assignmentRoutes,
  ...occurrenceRoutes,
  ...logRoutes,
  ...barrierRoutes,
  ...feedbackRoutes,
  ...safetySignalRoutes,
  ...kindRoutes,
  ...libraryPlanRoutes,
  ...ledgerRoutes,
  ...ledgerCheckRoutes,
  ...mergeRoutes,
  ...tenantRoutes,
];
