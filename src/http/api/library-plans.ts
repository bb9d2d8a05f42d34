import { z } from 'zod';
import { libraryPlans } from '../../kinds/library/registry.ts';
import { defineRoute } from './route.ts';
import { unlockRule } from './schedule.ts';
import { versionedCanonical } from './values.ts';

const libraryPlanShape = z
  .strictObject({
    libraryPlan: z.string().describe('`slug|version`, as `POST /plans` takes it'),
    slug: z.string(),
    version: z.string(),
    title: z.string(),
    description: z.string(),
    goals: z.array(z.record(z.string(), z.unknown())),
    steps: z.array(
      z.strictObject({
        key: z.string(),
        step: z.number().int(),
        kind: z.string(),
        title: z.string(),
        instructions: z.string(),
        rationale: z.string(),
        questionnaire: versionedCanonical,
        schedule: z.record(z.string(), z.unknown()),
        unlock: unlockRule,
      }),
    ),
    approvedBy: z.strictObject({ name: z.string(), on: z.string() }).exactOptional(),
  })
  .meta({ id: 'LibraryPlan' });

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
