import type { EhrReference, Instant } from './values.ts';

/** Something that may have come from a source system. */
export interface Sent {
  /** Client id of the source system that sent it: whom it names is then whom that system named, and nobody has signed in as them. */
  readonly via?: string;
}

/** When a source system told something as it is, and whether by making it or by changing it. */
export interface ToldAt {
  readonly at: Instant;
  readonly as: 'made' | 'changed';
}

/** A move of an assignment as a source system told it. */
export interface ToldMove extends Required<Sent> {
  readonly event: string;
  readonly at: Instant;
  /** Whom it named; absent: nobody. */
  readonly by?: 'patient' | EhrReference;
}
