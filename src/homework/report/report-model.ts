import type { SafetyRuleCode } from '../safety/safety-signal.ts';
import type { Instant } from '../values.ts';

/** A summary line of a log, with the name of what it tells, so that two versions of a log can be compared line by line. */
export interface SummaryPart {
  readonly label: string;
  readonly text: string;
}

/** What a report said of one artefact: by it a later report or addendum knows what is new, and what has become wrong. */
export interface ToldFact {
  readonly artefact: 'log' | 'occurrence' | 'barrier' | 'feedback' | 'change';
  readonly id: string;
  /** In the artefact's own words: `told`, `retracted`; an occurrence's status; `open`, `talked-over`. */
  readonly status: string;
  /** The artefact's own time of change when it was told. */
  readonly at: Instant;
  /** Of a log: its lines, as shared then. */
  readonly lines?: readonly SummaryPart[];
}

/** A heading with what stands below it. */
export interface ReportEntry {
  readonly heading?: string;
  readonly lines: readonly string[];
}

export interface ReportTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ReportSection {
  readonly title: string;
  /** To be seen first. */
  readonly urgent?: true;
  /** Whose words these are; absent: made from the record. */
  readonly by?: 'clinician';
  readonly table?: ReportTable;
  readonly entries: readonly ReportEntry[];
}

/**
 * A report or addendum as data: what the renderers (plain text, XHTML, PDF) write, in this order. All words are final; nothing
 * in it names a person, and nothing that the patient does not share is in it.
 */
export interface ReportContent {
  /** BCP 47. */
  readonly language: string;
  /** One sentence: what was done of what was planned, or what an addendum is about. */
  readonly headline: string;
  /** The count that it tells; absent in an addendum that tells none, and in what was filed before it was kept. */
  readonly count?: string;
  /** Nothing happened or was changed in its time that it could tell, and the plan was told before: there is nothing to sign. */
  readonly nothing?: true;
  /** Whether it names safety signals, which not everybody is told of; absent in what was filed before it was kept. */
  readonly namesSignals?: boolean;
  readonly title: string;
  readonly period: string;
  /** Where the period ends: the date of a rendering, so that the same content gives the same bytes. */
  readonly date: Instant;
  readonly sections: readonly ReportSection[];
  /** What it speaks of, by artefact and id, to trace it by: data about a rendering, and never a part of its words. */
  readonly members: string;
  /** `[IS:<id>:v<n>]`; absent in a preview, which is of no report yet. */
  readonly marker?: string;
  readonly told: readonly ToldFact[];
}

/** A safety signal, as far as a report tells of it. */
export interface ReportSignal {
  /** The rule that raised it. */
  readonly rule: SafetyRuleCode;
  readonly raisedAt: Instant;
  /** Absent: no person has closed it yet. */
  readonly closedAt?: Instant;
  /** In the words of who closed it; absent also for who is not told. */
  readonly closeReason?: string;
}
