import { z } from 'zod';
import { isEhrId, isEhrReference } from '../../foundation/ehr-id.ts';

/** Small values of what an import brings. */

/** Every element of the domain's type, so that a new one is not forgotten here. */
export type Shape<T> = Record<keyof Required<T>, z.ZodType>;

export const text = z.string().min(1);
export const words = text.max(100_000);
export const id = z.string().refine(isEhrId, 'must be an id');
export const ehrReference = z.string().refine(isEhrReference, 'must be a reference like Practitioner/17');
export const instant = z.iso.datetime({ precision: 3 });
export const day = z.iso.date();
export const canonical = z.string().regex(/^\S+\|\S+$/, 'must be url|version');
export const count = z.number().int().min(0).max(1_000_000);
export const ordinal = z.number().int().min(1).max(1_000_000);
export const code = z.string().min(1).max(64);
