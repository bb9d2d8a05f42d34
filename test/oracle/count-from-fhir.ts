// Counts adherence again from what a FHIR endpoint answers, as a stranger would: no code of the product stands behind it. What counts as
// what is docs/engines/adherence.md; whether something was done in time is judged anew, by the log's own time and the Task's own ends.
import type { CodeableConcept, Extension, Observation, QuestionnaireResponse, Reference, Task } from 'fhir/r4';

const canonical = 'https://intersession.dev/fhir';
const idSystem = 'https://intersession.dev/id/';

const names = ['expected', 'due', 'on-time', 'late', 'missed', 'open', 'excused', 'ad-hoc', 'extra'] as const;
export type Counts = Record<(typeof names)[number], number>;

export interface Counted {
  readonly counts: Counts;
  /** Done of what was due, and on time of it, in %; undefined: nothing was due. */
  readonly percent: number | undefined;
  readonly onTimePercent: number | undefined;
}

export interface Held {
  readonly tasks: readonly Task[];
  readonly responses: readonly QuestionnaireResponse[];
  readonly observations: readonly Observation[];
}

/** By `Task/<id>` of each step that was ever open, and by `CarePlan/<id>` of each plan. */
export type Adherences = ReadonlyMap<string, Counted>;

/** What the Tasks and responses say, counted here. */
export function countFromFhir({ tasks, responses }: Held, now: string): Adherences {
  const byId = new Map(responses.map((response) => [`QuestionnaireResponse/${response.id}`, response]));
  const steps = tasks.filter((task) => isOurs(task, 'assignment'));
  const plans = Map.groupBy(steps, (task) => `CarePlan/${task.groupIdentifier?.value}`);
  const counted = new Map<string, Counted>();
  for (const [plan, ofPlan] of plans) {
    const total = none();
    for (const step of ofPlan) {
      const key = `Task/${step.id}`;
      const times = tasks.filter(({ partOf }) => partOf?.some(({ reference }) => reference === key));
      const counts = none();
      if (step.status !== 'entered-in-error') {
        for (const time of times) countTime(counts, time, byId, now);
        for (const response of responses) countBeside(counts, response, key);
      }
      counted.set(key, withShares(counts));
      add(total, counts);
    }
    counted.set(plan, withShares(total));
  }
  return counted;
}

/** What the service says of the same. */
export function readAdherences({ observations }: Held): Adherences {
  return new Map(
    observations
      .filter((observation) => isOurs(observation, 'adherence'))
      .map((observation): [string, Counted] => {
        const counts = none();
        for (const name of names)
          counts[name] =
            observation.component?.find(({ code }) => codeIn(code, 'adherence') === name)?.valueInteger ?? -1;
        const share = observation.component?.find(({ code }) => codeIn(code, 'adherence') === 'on-time-share');
        const of = { percent: observation.valueQuantity?.value, onTimePercent: share?.valueQuantity?.value };
        return [observation.focus?.[0]?.reference ?? '', { counts, ...of }];
      }),
  );
}

const none = (): Counts => ({
  ...{ expected: 0, due: 0, 'on-time': 0, late: 0, missed: 0, open: 0, excused: 0, 'ad-hoc': 0, extra: 0 },
});

function countTime(
  counts: Counts,
  time: Task,
  responses: ReadonlyMap<string, QuestionnaireResponse>,
  now: string,
): void {
  const ends = ms(time.restriction?.period?.end);
  const graceEnds = ms(time.input?.find(({ type }) => codeIn(type, 'task-input') === 'late-until')?.valueDateTime);
  if (time.status === 'cancelled') counts.excused += 1;
  else if (time.status === 'completed') {
    const response = responses.get(time.output?.[0]?.valueReference?.reference ?? '');
    const happened = ms(partOfContext(response, 'performedAt')?.valueDateTime);
    if (happened >= graceEnds) throw new Error(`Task/${time.id} is completed by what happened after its grace`);
    counts[happened < ends ? 'on-time' : 'late'] += 1;
    counts.due += 1;
    counts.expected += 1;
  } else if (time.status === 'failed' || time.status === 'requested') {
    const isMissed = time.status === 'failed';
    // what is asked still has not come to the end of its grace, and what was missed has
    if (isMissed !== Date.parse(now) >= graceEnds) throw new Error(`Task/${time.id} is ${time.status} at ${now}`);
    counts[isMissed ? 'missed' : 'open'] += 1;
    if (Date.parse(now) >= ends) counts.due += 1;
    counts.expected += 1;
  } else if (time.status !== 'on-hold') throw new Error(`Task/${time.id} is ${time.status}`);
}

function countBeside(counts: Counts, response: QuestionnaireResponse, step: string): void {
  const isFinished = response.status === 'completed' || response.status === 'amended';
  const of: Reference | undefined = partOfContext(response, 'assignment')?.valueReference;
  const resolution = partOfContext(response, 'resolution')?.valueCode;
  if (!isFinished || of?.reference !== step) return;
  if (resolution === 'ad-hoc' || resolution === 'extra') counts[resolution] += 1;
}

function add(total: Counts, counts: Counts): void {
  for (const name of names) total[name] += counts[name];
}

function withShares(counts: Counts): Counted {
  const share = (part: number) => (counts.due === 0 ? undefined : Math.round((part * 1000) / counts.due + 1e-9) / 10);
  return { counts, percent: share(counts['on-time'] + counts.late), onTimePercent: share(counts['on-time']) };
}

function isOurs({ identifier }: Task | Observation, kind: string): boolean {
  return identifier?.some(({ system }) => system === `${idSystem}${kind}`) ?? false;
}

function codeIn(concept: CodeableConcept | undefined, system: string): string | undefined {
  return concept?.coding?.find((coding) => coding.system === `${canonical}/CodeSystem/${system}`)?.code;
}

function partOfContext(response: QuestionnaireResponse | undefined, part: string): Extension | undefined {
  const context = response?.extension?.find(({ url }) => url === `${canonical}/StructureDefinition/log-context`);
  return context?.extension?.find(({ url }) => url === part);
}

const ms = (instant: string | undefined) => Date.parse(instant ?? '');
