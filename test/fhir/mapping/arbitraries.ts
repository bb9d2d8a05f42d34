import type {
  Adherence,
  Assignment,
  AssignmentStatus,
  Barrier,
  Feedback,
  Goal,
  Instant,
  LocalDate,
  Log,
  Occurrence,
  Plan,
  PlanState,
  Report,
  ScheduleVersion,
  UnlockCriterion,
  UnlockRule,
} from '../../../src/homework/model.ts';
import { artefacts } from '../../../src/homework/model.ts';
import { legalPairs } from '../../../src/homework/plan/legal-pairs.ts';
import type { SimpleRule } from '../../../src/homework/plan/unlock-rule.ts';
import { type SafetySignal, safetyRuleCodes } from '../../../src/homework/safety/safety-signal.ts';
import type { RegisteredVersion } from '../../../src/kinds/kind-register.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';
import fc from '../../fast-check.ts';
import { answersArbitrary } from '../../kinds/answers-arbitrary.ts';
import { arbitrarySeries, partOfDay } from './arbitrary-series.ts';

/** What stands in the EHR already; a server that checks references needs it to be there. */
export interface Surroundings {
  readonly patientId: fc.Arbitrary<string>;
  readonly practitioner: fc.Arbitrary<string>;
  readonly relatedPerson: fc.Arbitrary<string>;
  readonly condition: fc.Arbitrary<string>;
  readonly encounter: fc.Arbitrary<string>;
  readonly goal: fc.Arbitrary<string>;
}

const fhirId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9\-.]{0,20}$/);
const referenceTo = (type: string) => fhirId.map((id) => `${type}/${id}`);

/** Any EHR at all. */
export const anywhere: Surroundings = {
  patientId: fhirId,
  practitioner: referenceTo('Practitioner'),
  relatedPerson: referenceTo('RelatedPerson'),
  condition: referenceTo('Condition'),
  encounter: referenceTo('Encounter'),
  goal: referenceTo('Goal'),
};

export const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
const milliseconds = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2031, 0, 1) });
const toInstant = (at: number): Instant => new Date(at).toISOString();
/** Whole seconds most often, as people's clocks have them. */
export const instant: fc.Arbitrary<Instant> = fc.oneof(
  milliseconds.map((at) => toInstant(at - (at % 1000))),
  milliseconds.map(toInstant),
);
export const localDate: fc.Arbitrary<LocalDate> = milliseconds.map((at) => toInstant(at).slice(0, 10));
export const timeZone = fc.constantFrom(
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Pacific/Chatham',
  'Pacific/Pago_Pago',
  'America/St_Johns',
  'UTC',
);
export const canonical = (type: string) =>
  fc.tuple(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), fc.nat(9)).map(([name, version]) => {
    return `https://intersession.dev/fhir/${type}/${name}|${version}.0.0`;
  });

const goalOf = (around: Surroundings): fc.Arbitrary<Goal> =>
  fc.record(
    {
      id: fc.uuid(),
      description: text,
      startDate: localDate,
      measure: fc.record(
        { system: fc.webUrl(), code: fc.stringMatching(/^[a-z0-9-]{1,12}$/), display: text },
        { requiredKeys: ['system', 'code'] },
      ),
      target: fc.record({
        value: fc.integer({ min: 0, max: 1000 }).map((value) => value / 10),
        unit: fc.constantFrom('%', 's', 'points', 'times'),
        comparator: fc.constantFrom('<=', '>='),
      }),
      ehrReference: around.goal,
    },
    { requiredKeys: ['id', 'description'] },
  );

const setOf = <T extends string>(arbitrary: fc.Arbitrary<T>) => fc.uniqueArray(arbitrary, { maxLength: 3 });

/** In their order, as the record keeps them. */
export const daysOff: fc.Arbitrary<NonNullable<Plan['daysOff']>> = fc
  .uniqueArray(fc.record({ from: localDate, to: localDate, reason: text }, { requiredKeys: ['from', 'to'] }), {
    ...{ minLength: 1, maxLength: 3, selector: ({ from }) => from },
  })
  .map((several) => several.toSorted((a, b) => a.from.localeCompare(b.from)));

export const planOf = (around: Surroundings): fc.Arbitrary<Plan> =>
  fc.record(
    {
      id: fc.uuid(),
      patientId: around.patientId,
      encounter: around.encounter,
      title: text,
      description: text,
      status: fc.constantFrom('draft', 'active', 'on-hold', 'completed', 'revoked', 'entered-in-error'),
      timeZone,
      language: fc.constantFrom('en-US', 'es', 'de-CH', 'pt-BR'),
      period: fc.record({ start: localDate, end: localDate }, { requiredKeys: ['start'] }),
      author: around.practitioner,
      createdAt: instant,
      addresses: setOf(around.condition),
      goals: fc.uniqueArray(goalOf(around), { maxLength: 3, selector: ({ id }) => id }),
      libraryPlan: canonical('PlanDefinition'),
      daysOff,
      closeReason: text,
      closedAt: instant,
    },
    {
      requiredKeys: [
        'id',
        'patientId',
        'title',
        'status',
        'timeZone',
        'language',
        'period',
        'createdAt',
        'addresses',
        'goals',
      ],
    },
  );

const instants = (maxLength: number) =>
  fc.uniqueArray(instant, { minLength: 1, maxLength }).map((several) => several.sort());

export const schedule: fc.Arbitrary<ScheduleVersion['schedule']> = fc.oneof(
  fc.record({
    type: fc.constant('event' as const),
    event: text,
    count: fc.integer({ min: 1, max: 20 }),
    text,
    window: fc.record({ start: localDate, end: localDate }),
  }),
  fc.record({ type: fc.constant('once' as const), by: localDate }),
  fc.record({ type: fc.constant('once-within' as const), days: fc.integer({ min: 1, max: 90 }) }),
  arbitrarySeries(localDate),
  fc.constant({ type: 'at-visit' as const }),
  fc.record({ type: fc.constant('sessions' as const), count: fc.integer({ min: 1, max: 100 }) }),
);

const schedules: fc.Arbitrary<ScheduleVersion[]> = instants(3).chain((starts) =>
  fc.tuple(...starts.map(() => schedule)).map((several) =>
    several.map((schedule, index) => {
      const until = starts[index + 1];
      return { schedule: schedule, from: starts[index] ?? '', ...(until !== undefined && { until }) };
    }),
  ),
);

const pauses: fc.Arbitrary<Assignment['pauses']> = fc.oneof(
  fc.constant([]),
  fc.tuple(instants(4), fc.option(text)).map(([moments, reason]) =>
    moments.flatMap((from, index) => {
      const until = moments[index + 1];
      if (index % 2 === 1) return [];
      return [{ from, ...(until !== undefined && { until }), ...(reason !== null && { reason }) }];
    }),
  ),
);

const linkId = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const decimal = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 4);
const times = fc.integer({ min: 1, max: 9 });
const bound = { linkId, comparator: fc.constantFrom('<=' as const, '>=' as const), value: decimal };
const { linkId: score, ...scoreBound } = bound;
const criteria: { readonly [T in UnlockCriterion['type']]: fc.Arbitrary<Extract<UnlockCriterion, { type: T }>> } = {
  'logs-done': fc.record({ type: fc.constant('logs-done' as const), count: times }),
  'behaviour-done': fc.constant({ type: 'behaviour-done' as const }),
  'measure-reached': fc.record({ type: fc.constant('measure-reached' as const), ...bound }),
  'measure-fell': fc.record({ type: fc.constant('measure-fell' as const), linkId, by: decimal }),
  'fell-within-log': fc.record({
    type: fc.constant('fell-within-log' as const),
    peak: linkId,
    after: linkId,
    fall: fc.oneof(fc.record({ by: decimal }), fc.record({ toPercent: fc.integer({ min: 0, max: 99 }) })),
  }),
  'prediction-not-true': fc.record({ type: fc.constant('prediction-not-true' as const), count: times }),
  'in-a-row': fc.record({ type: fc.constant('in-a-row' as const), ...bound, count: times }),
  'mean-of-days': fc.record({ type: fc.constant('mean-of-days' as const), ...bound, days: times, atLeast: times }),
  'quota-kept': fc.record({
    ...{ type: fc.constant('quota-kept' as const), planned: linkId, actual: linkId },
    ...{ from: decimal, to: decimal, days: times, of: times },
  }),
  'score-reached': fc.record({ type: fc.constant('score-reached' as const), score, ...scoreBound }),
  'score-changed': fc.record({
    ...{ type: fc.constant('score-changed' as const), score, by: decimal },
    direction: fc.constantFrom('down' as const, 'up' as const),
  }),
  'clinician-approves': fc.constant({ type: 'clinician-approves' as const }),
};
const simpleRule: fc.Arbitrary<SimpleRule> = fc.oneof(
  fc.record({ type: fc.constant('on-date' as const), date: localDate }),
  fc.record({
    type: fc.constant('after' as const),
    after: text,
    criterion: fc.oneof(...Object.values<fc.Arbitrary<UnlockCriterion>>(criteria)),
  }),
);
/** Any rule that there is; a joined one of any parts. */
export const unlock: fc.Arbitrary<UnlockRule> = fc.oneof(
  fc.record({ type: fc.constantFrom('at-start' as const, 'by-clinician' as const) }),
  { arbitrary: simpleRule, weight: 2 },
  fc.record({
    type: fc.constantFrom('all' as const, 'any' as const),
    of: fc.array(simpleRule, { minLength: 2, maxLength: 4 }),
  }),
);

const statuses = (Object.keys(legalPairs) as AssignmentStatus[]).flatMap((status) =>
  legalPairs[status].map((businessStatus) => ({ status, businessStatus })),
);
const businessStatus = fc.constantFrom(...statuses.map((pair) => pair.businessStatus));
export const barrierCode = fc.constantFrom<Barrier['code']>(
  'fear',
  'too-hard',
  'forgot',
  'no-time',
  'not-understood',
  'no-point-seen',
  'felt-too-bad',
  'practical',
  'other',
);
export const kind: fc.Arbitrary<RegisteredVersion> = fc.constantFrom(...registeredKinds.versions);

/** An assignment of that plan, of any kind. */
export const assignmentOf = (plan: Plan, around: Surroundings): fc.Arbitrary<Assignment> =>
  fc
    .tuple(
      kind,
      fc.constantFrom(...statuses),
      fc.record(
        {
          id: fc.uuid(),
          key: text,
          step: fc.integer({ min: 1, max: 99 }),
          title: text,
          instructions: text,
          rationale: text,
          definition: canonical('ActivityDefinition'),
          statusReason: fc.record({ code: barrierCode, text }, { requiredKeys: ['text'] }),
          schedules,
          standing: fc.constant(true as const),
          pauses,
          pausedFrom: businessStatus,
          unlock,
          lateGraceHours: fc.integer({ min: 0, max: 96 }),
          authoredOn: instant,
          lastModified: instant,
          requester: around.practitioner,
          reasons: setOf(around.condition),
          unlockedAt: instant,
          endedAt: instant,
        },
        {
          requiredKeys: [
            'id',
            'key',
            'step',
            'title',
            'schedules',
            'pauses',
            'unlock',
            'lateGraceHours',
            'authoredOn',
            'lastModified',
            'reasons',
          ],
        },
      ),
    )
    .map(([{ kind, canonical }, pair, rest]) => ({
      ...rest,
      ...pair,
      kind: kind.slug,
      questionnaire: canonical,
      planId: plan.id,
      patientId: plan.patientId,
    }));

/** An occurrence of that assignment. */
export const occurrenceOf = ({ id, planId, patientId }: Assignment): fc.Arbitrary<Occurrence> =>
  fc
    .record(
      {
        ordinal: fc.integer({ min: 1, max: 99 }),
        status: fc.constantFrom<Occurrence['status']>('due', 'overdue', 'done', 'late', 'missed', 'excused', 'paused'),
        day: localDate,
        part: partOfDay,
        openedAt: instant,
        dueUntil: instant,
        lateUntil: instant,
        logId: fc.uuid(),
        endedAt: instant,
        reason: text,
        lastModified: instant,
      },
      { requiredKeys: ['ordinal', 'status', 'openedAt', 'dueUntil', 'lateUntil', 'lastModified'] },
    )
    .map((rest) => ({ ...rest, id: `${id}.${rest.ordinal}`, assignmentId: id, planId, patientId }));

/** Long enough to be told apart wherever else it might stand. */
const said = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((words) => `said:${words.trim()};`);

/** A log of that assignment: any answers to its version of the questionnaire, some withheld. */
export const logOf = (assignment: Assignment, around: Surroundings): fc.Arbitrary<Log> => {
  const { id: assignmentId, planId, patientId, questionnaire } = assignment;
  const form = registeredKinds.version(questionnaire).questionnaire;
  const linkIds = (items: Log['items']): string[] => items.flatMap((item) => [item.linkId, ...linkIds(item.items)]);
  return fc
    .record(
      {
        id: fc.uuid(),
        occurrenceId: fc.integer({ min: 1, max: 9 }).map((ordinal) => `${assignmentId}.${ordinal}`),
        resolution: fc.constantFrom<Log['resolution']>('resolved', 'late', 'ad-hoc', 'extra'),
        status: fc.constantFrom<Log['status']>('in-progress', 'completed', 'amended', 'stopped', 'entered-in-error'),
        performedAt: instant,
        authored: instant,
        source: fc.oneof(
          fc.record({ type: fc.constant('patient' as const) }),
          fc.record({ type: fc.constant('related-person' as const), reference: around.relatedPerson }),
          fc.record({ type: fc.constant('practitioner' as const), reference: around.practitioner }),
        ),
        items: answersArbitrary(form, { complete: false, words: said }),
        predicted: fc.record({
          at: instant,
          linkIds: fc.subarray(['prediction', 'prediction-likelihood'], { minLength: 1 }),
        }),
      },
      { requiredKeys: ['id', 'resolution', 'status', 'performedAt', 'authored', 'source', 'items'] },
    )
    .chain((log) =>
      fc
        .subarray(linkIds(log.items))
        .map((withheld) => ({ ...log, withheld, assignmentId, planId, patientId, questionnaire })),
    );
};

export const barrierOf = (plan: Plan, around: Surroundings): fc.Arbitrary<Barrier> =>
  fc
    .record(
      {
        id: fc.uuid(),
        assignmentId: fc.uuid(),
        code: barrierCode,
        text,
        saidBy: fc.oneof(fc.constant('patient' as const), around.practitioner),
        recordedAt: instant,
        talkedOverAt: instant,
      },
      { requiredKeys: ['id', 'code', 'saidBy', 'recordedAt'] },
    )
    .map((rest) => ({ ...rest, planId: plan.id, patientId: plan.patientId }));

export const feedbackOf = (plan: Plan, around: Surroundings): fc.Arbitrary<Feedback> =>
  fc
    .record(
      {
        id: fc.uuid(),
        assignmentId: fc.uuid(),
        logId: fc.uuid(),
        author: fc.oneof(fc.constant('patient' as const), around.practitioner),
        text,
        sentAt: instant,
        deliveredAt: instant,
        readAt: instant,
        inResponseTo: fc.uuid(),
      },
      { requiredKeys: ['id', 'author', 'text', 'sentAt'] },
    )
    .map((rest) => ({ ...rest, planId: plan.id, patientId: plan.patientId }));

export const reportOf = (plan: Plan, around: Surroundings): fc.Arbitrary<Report> =>
  fc
    .record(
      {
        id: fc.uuid(),
        version: fc.integer({ min: 1, max: 99 }),
        from: instant,
        to: instant,
        createdAt: instant,
        author: around.practitioner,
        signedBy: around.practitioner,
        addendumTo: fc.uuid(),
        encounter: around.encounter,
        words: fc.record({
          by: around.practitioner,
          passages: fc.array(fc.record({ about: text, text }, { requiredKeys: ['text'] }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
        text: fc.array(text, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n')),
        members: fc.uniqueArray(
          fc.record({
            artefact: fc.constantFrom(...artefacts),
            id: fhirId,
            version: fc.integer({ min: 1, max: 99 }),
          }),
          { maxLength: 5, selector: ({ artefact, id }) => `${artefact} ${id}` },
        ),
      },
      { requiredKeys: ['id', 'version', 'from', 'to', 'createdAt', 'text', 'members'] },
    )
    .map((rest) => ({ ...rest, planId: plan.id, patientId: plan.patientId }));

const percent = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
const count = fc.nat(40);

export const adherenceOf = (plan: Plan): fc.Arbitrary<Adherence> =>
  fc
    .record(
      {
        assignmentId: fc.uuid(),
        from: instant,
        to: instant,
        status: fc.constantFrom<Adherence['status']>('preliminary', 'final', 'amended'),
        counts: fc
          .record({
            onTime: count,
            late: count,
            missed: count,
            open: count,
            overdue: count,
            excused: count,
            adHoc: count,
            extra: count,
          })
          .map(({ overdue, ...counts }) => {
            const done = counts.onTime + counts.late;
            const due = done + counts.missed + Math.min(overdue, counts.open);
            return { ...counts, done, due, expected: done + counts.missed + counts.open };
          }),
        percent,
        onTimePercent: percent,
      },
      { requiredKeys: ['from', 'status', 'counts'] },
    )
    .map((rest) => ({ ...rest, planId: plan.id, patientId: plan.patientId }));

/** A plan with everything that can belong to it; ids are consistent, moves are not judged. */
export const planStateOf = (around: Surroundings): fc.Arbitrary<PlanState> =>
  planOf(around).chain((plan) =>
    fc
      .uniqueArray(assignmentOf(plan, around), { minLength: 1, maxLength: 3, selector: ({ id }) => id })
      .chain((assignments) =>
        fc.record({
          plan: fc.constant(plan),
          assignments: fc.constant(assignments),
          occurrences: fc.tuple(...assignments.map(occurrenceOf)),
          logs: fc.tuple(...assignments.map((assignment) => logOf(assignment, around))),
          barriers: fc.array(barrierOf(plan, around), { maxLength: 2 }),
          feedback: fc.array(feedbackOf(plan, around), { maxLength: 2 }),
          reports: fc.array(reportOf(plan, around), { maxLength: 1 }),
          openSafetySignals: fc.constant(0),
        }),
      ),
  );

/** A safety signal of a plan's patient, open or closed, with every sort of evidence. */
export const safetySignalOf = (plan: Plan, around: Surroundings): fc.Arbitrary<SafetySignal> => {
  const reporter = fc.oneof(
    fc.constant({ type: 'patient' } as const),
    around.practitioner.map((reference) => ({ type: 'person', reference }) as const),
    fc.stringMatching(/^[a-z]{1,20}$/).map((clientId) => ({ type: 'system', clientId }) as const),
  );
  const evidence = fc.record(
    {
      at: instant,
      by: reporter,
      planId: fc.uuid(),
      logId: fc.uuid(),
      linkId: fc.stringMatching(/^[a-z-]{1,26}$/),
      value: fc.oneof(fc.boolean(), fc.integer({ min: -100, max: 100 }), fc.constantFrom('LA6569-3', 'often')),
      text,
    },
    { requiredKeys: ['at', 'by'] },
  );
  const closing = fc.record({ closedAt: instant, closedBy: around.practitioner, closeReason: text });
  return fc
    .record({
      id: fc.uuid(),
      rule: fc.constantFrom(...safetyRuleCodes),
      ordinal: fc.integer({ min: 1, max: 9 }),
      raisedAt: instant,
      evidence: fc.array(evidence, { minLength: 1, maxLength: 5 }),
      version: fc.integer({ min: 1, max: 99 }),
      closed: fc.option(closing, { nil: undefined }),
    })
    .map(({ closed, ...rest }): SafetySignal => {
      const status = closed === undefined ? 'open' : 'closed';
      return { ...rest, ...closed, status, planId: plan.id, patientId: plan.patientId };
    });
};
