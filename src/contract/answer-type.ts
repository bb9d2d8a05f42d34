import type { FhirResource } from 'fhir/r4';
import type { z } from 'zod';

/** A value as answers hold it, which nobody changes; a FHIR resource stays what its own type says. */
export type ReadonlyDeep<T> = T extends FhirResource
  ? T
  : T extends readonly (infer Member)[]
    ? readonly ReadonlyDeep<Member>[]
    : T extends object
      ? { readonly [Name in keyof T]: ReadonlyDeep<T[Name]> }
      : T;

/** What an answer of this shape is: for whoever writes it and for whoever reads it. */
export type AnswerOf<Shape extends z.ZodType> = ReadonlyDeep<z.output<Shape>>;

/** Which one it is, and no more; never a whole one, which names its patient. */
interface IdAlone {
  readonly id: string;
  readonly patientId?: never;
}

/**
 * What a handler answers by a route's description of its answers. Of an answer that a token may read in part only
 * (`orOnlyId`, a plan's view) the handler answers the whole, which is limited afterwards.
 */
export type RouteAnswer<Answers extends Readonly<Record<number, object>>> = {
  readonly status: number;
  readonly location?: string;
} & BodyOf<Answers[keyof Answers & number]>;

type BodyOf<Description> = Description extends { readonly schema: infer Shape extends z.ZodType }
  ? { readonly body: WholeOf<Shape> }
  : Description extends { readonly contentType: string }
    ? { readonly file: FileAnswer }
    : { readonly body?: undefined };

type WholeOf<Shape extends z.ZodType> =
  Shape extends z.ZodUnion<readonly [infer Whole extends z.ZodType, z.ZodType]>
    ? AnswerOf<Whole> | IdAlone
    : AnswerOf<Shape>;

/** In place of a body: bytes to be saved under a name. */
export interface FileAnswer {
  readonly contentType: string;
  readonly name: string;
  readonly bytes: Buffer;
}
