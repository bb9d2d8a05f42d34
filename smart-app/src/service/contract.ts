import type { Questionnaire } from 'fhir/r4';
import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import type { Because, WaitingFor } from '../../../src/homework/ledger/row-reason.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type {
  Adherence,
  AnswerItem,
  Artefact,
  Assignment,
  Barrier,
  Feedback,
  Instant,
  KindSlug,
  Log,
  Occurrence,
  Plan,
  Report,
  UnlockRule,
  VersionedCanonical,
} from '../../../src/homework/model.ts';
import type { SafetyDeclaration, SafetyEvidence, SafetySignal } from '../../../src/homework/safety/safety-signal.ts';

/** The shapes that the service answers with; only what the views read. */

export type Role = 'clinician' | 'coordinator' | 'patient' | 'integration';

export interface CrisisLine {
  readonly label: string;
  readonly phone: string;
}

export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly language: string;
  /** Absent: none is known, and none is made up. */
  readonly crisisLine?: CrisisLine;
  readonly sandbox: boolean;
  readonly now: Instant;
}

export interface PatientName {
  readonly id: string;
  readonly name: string;
  readonly birthDate?: string;
}

/** What `POST /smart/callback` answers. */
export interface SessionView {
  readonly session: string;
  readonly launchId: string;
  readonly expiresAt: Instant;
  readonly tenant: Tenant;
  readonly user: { readonly reference: string; readonly name: string };
  readonly role: Role;
  readonly patient?: PatientName;
  readonly intent?: string;
  readonly needPatientBanner: boolean;
  readonly styleUrl?: string;
  readonly canWrite: boolean;
}

/** What a source system told: whom it names is whom that system named, and never somebody who was signed in. */
export interface Told {
  readonly reportedBy?: {
    readonly person?: string;
    readonly source: { readonly clientId: string; readonly name: string };
  };
}

export type BarrierView = Barrier & Told;
export type FeedbackView = Feedback & Told;
export type ReportView = Omit<Report, 'content'> & Told;
export type StepView = Assignment & Told & { readonly reportedMove?: Told };

/** A log as a page gets it: flat by linkId, without what is withheld from this reader. */
export interface LogView extends Omit<Log, 'items'>, Told {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly items?: readonly AnswerItem[];
}

export type { LedgerState };

/** Where one artefact stands in the EHR. */
export interface LedgerView {
  readonly artefact: Artefact;
  readonly id: string;
  readonly state: LedgerState;
  readonly landing: string | null;
  /** For people; what it means stands in the codes. */
  readonly reason: string | null;
  readonly waitingFor: WaitingFor | null;
  readonly because: Because | null;
  readonly ehrReference: string | null;
  readonly waitingSince: Instant | null;
  readonly landedAt?: Instant | null;
}

/** How an artefact is to reach this EHR, and why. */
export interface LandingView {
  readonly artefact: Artefact;
  readonly landing: string;
  readonly reason: string;
}

export type AdherenceView = Pick<Adherence, 'assignmentId' | 'counts' | 'percent' | 'onTimePercent'>;

export interface PlanView {
  readonly plan: Plan & Told;
  readonly assignments: readonly StepView[];
  readonly occurrences: readonly Occurrence[];
  readonly logs: readonly LogView[];
  readonly barriers: readonly BarrierView[];
  readonly feedback: readonly FeedbackView[];
  readonly reports?: readonly ReportView[];
  readonly adherence: readonly AdherenceView[];
  readonly ledger: readonly LedgerView[];
  /** Everything in it is at its end: as what it would be closed. For clinicians. */
  readonly proposedClose?: 'completed' | 'revoked';
}

export interface KindView {
  readonly slug: KindSlug;
  readonly title: string;
  readonly summary: readonly SummaryLine[];
  readonly behaviourLinkId?: string;
  readonly safety?: readonly SafetyDeclaration[];
  readonly predictionParts?: PredictionParts;
  readonly questionnaire: VersionedCanonical;
}

export interface LibraryStepView {
  readonly key: string;
  readonly step: number;
  readonly kind: KindSlug;
  readonly title: string;
  readonly instructions: string;
  readonly rationale: string;
  readonly schedule:
    | {
        readonly type: 'event';
        readonly event: string;
        readonly count: number;
        readonly text: string;
        readonly days: number;
      }
    | { readonly type: 'once-within'; readonly days: number };
  readonly unlock: UnlockRule;
}

export interface LibraryPlanView {
  readonly slug: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly goals: readonly { readonly key: string; readonly description: string }[];
  readonly steps: readonly LibraryStepView[];
  readonly approvedBy?: { readonly name: string; readonly on: string };
}

export type SafetyEvidenceView = SafetyEvidence & Told;

export interface SafetySignalView extends Omit<SafetySignal, 'evidence'> {
  readonly evidence: readonly SafetyEvidenceView[];
  readonly words: string;
}

/** Whom people call when they fear for a patient. */
export interface SafetyRoute {
  readonly name: string;
  readonly phone?: string;
}

/** What staff see of a patient's safety. */
export interface SafetyView {
  readonly open: readonly SafetySignalView[];
  readonly route?: SafetyRoute;
  /** The latest contact that was noted since the first of them was raised. */
  readonly contact?: { readonly at: Instant; readonly note: string };
}

/** How the patient stands in the EHR, where there is something to say of it. */
export interface StandingView {
  readonly state: 'current' | 'inactive' | 'merged' | 'gone';
  /** Whether a person has confirmed the merge: the homework stands with the survivor then. */
  readonly confirmed: boolean;
  /** Absent for the patient, and where the EHR names nobody. */
  readonly survivorId?: string;
  readonly deceased?: { readonly at?: Instant };
  readonly learnedAt?: Instant;
}

/** What `GET /app/v1/patient` answers: all that the first page needs, in one round trip. */
export interface PatientPage {
  readonly now: Instant;
  readonly patient: PatientName;
  readonly plans: readonly PlanView[];
  readonly kinds: readonly KindView[];
  readonly questionnaires: Readonly<Record<VersionedCanonical, Questionnaire>>;
  readonly libraryPlans?: readonly LibraryPlanView[];
  readonly lastVisit?: Instant;
  readonly landings: readonly LandingView[];
  readonly whoSees: string;
  /** Absent for the patient. */
  readonly safety?: SafetyView;
  readonly standing?: StandingView;
}

export const rosterFilters = ['safety', 'overdue', 'stopped', 'barrier', 'waiting-unlock', 'not-landed'] as const;
export type RosterFilter = (typeof rosterFilters)[number];

export interface RosterRow {
  readonly patientId: string;
  readonly planId?: string;
  readonly name: string;
  readonly planTitle: string;
  readonly clinician: string;
  readonly signals: readonly string[];
  readonly openSignals?: number;
  /** How the patient stands in the EHR, where that is not as usual. */
  readonly standing?: 'inactive' | 'merged' | 'gone';
  readonly deceased?: boolean;
  readonly overdue: number;
  readonly lastLogAt?: Instant;
  readonly adherencePercent?: number;
  readonly openBarrier?: string;
  readonly waitingUnlock: number | boolean;
  readonly notLanded: number;
  readonly contact?: {
    readonly at: Instant;
    readonly by: string;
    readonly note: string;
    readonly snoozeUntil?: Instant | string;
  };
}

export interface RosterPage {
  readonly now: Instant;
  readonly rows: readonly RosterRow[];
  readonly next?: string;
  readonly counts: Readonly<Partial<Record<RosterFilter, number>>>;
  /** The counts are of whom was looked at so far. */
  readonly countsAtLeast?: boolean;
  /** How many patients of the roster the EHR hides from this user; at least, while not all were looked at. */
  readonly hidden?: { readonly patients: number; readonly atLeast?: boolean };
  /** The EHR did not say of somebody whether this user may see them: they are left out. */
  readonly unchecked?: boolean;
  readonly safetyRoute?: SafetyRoute;
}

/** One thing that the service found wrong, at a path of the body or at a question of the form. */
export interface ProblemIssue {
  readonly path?: string;
  readonly linkId?: string;
  readonly problem: string;
}
