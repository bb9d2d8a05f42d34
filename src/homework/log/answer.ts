import type { Coding, Instant, LocalDate, Quantity } from '../values.ts';

export type AnswerValue =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'decimal'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'date'; readonly value: LocalDate }
  | { readonly type: 'dateTime'; readonly value: Instant }
  /** Of a day, by the patient's clock: `22:30:00`. */
  | { readonly type: 'time'; readonly value: string }
  | { readonly type: 'quantity'; readonly value: Quantity }
  | { readonly type: 'coding'; readonly value: Coding };

/** An answered item. A repeating group is several items with one linkId; `instance` tells them apart for ever. */
export interface AnswerItem {
  readonly linkId: string;
  readonly instance?: string;
  readonly answers: readonly AnswerValue[];
  readonly items: readonly AnswerItem[];
}
