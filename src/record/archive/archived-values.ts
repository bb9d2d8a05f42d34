import { z } from 'zod';
import { isEhrId, isEhrReference } from '../../foundation/ehr-id.ts';

/** Small values of what an import brings. */

/** Every element of the domain's type, so that a new one is not forgotten here. */
export type Shape<T> = Record<keyof Required<T>, z.ZodType>;

/** The variants of a type that are told apart by their `type`, each with every other element of its own. */
export type Variants<T extends { readonly type: string }> = {
  readonly [K in T['type']]: Shape<
    Omit<T extends { readonly type: infer Of } ? (K extends Of ? T : never) : never, 'type'>
  >;
};

/** One of the domain's variants, so that neither a new one nor an element of one is forgotten here. */
export function byType<T extends { readonly type: string }>(variants: Variants<T>): z.ZodType {
  const shapes = Object.entries<Record<string, z.ZodType>>(variants);
  const [first, ...others] = shapes.map(([type, shape]) => z.strictObject({ ...shape, type: z.literal(type) }));
  if (first === undefined) throw new TypeError('A type has a variant.');
  return z.discriminatedUnion('type', [first, ...others]);
}

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
