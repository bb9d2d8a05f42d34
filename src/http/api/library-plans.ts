import { z } from 'zod';
import { libraryPlanShape } from '../../contract/library-plan.ts';
import { libraryPlans } from '../../kinds/library/registry.ts';
import { defineRoute } from './route.ts';

export const libraryPlanRoutes = [
  defineRoute({
    method: 'get',
    path: '/library-plans',
    operationId: 'listLibraryPlans',
    tag: 'Library',
    summary: 'The library plans',
    needs: ['PlanDefinition.s'],
    answers: {
      200: {
        description: 'Every library plan',
        schema: z.strictObject({ libraryPlans: z.array(libraryPlanShape) }).meta({ id: 'LibraryPlans' }),
      },
    },
    errors: [],
    async handle() {
      const shown = libraryPlans.map((plan) => ({ libraryPlan: `${plan.slug}|${plan.version}`, ...plan }));
      return { status: 200, body: { libraryPlans: shown } };
    },
  }),
];
