import { z } from 'zod';
import { judge } from './configuration-problem.ts';
import { addressProblem, baseProblem } from './tenant-addresses.ts';

/** An address that is asked as it is. */
export const address = z.url().superRefine((text, context) => judge(addressProblem(text), context));

/** An address that others are put behind. */
export const base = z.url().superRefine((text, context) => judge(baseProblem(text), context));
