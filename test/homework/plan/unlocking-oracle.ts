/**
 * What opens a step, written from docs/engines/unlocking.md alone. It imports nothing of what it judges, and takes its rules and logs as
 * plain data.
 */

export interface OracleLog {
  readonly step: string;
  /** Counts up in the order in which logs were recorded. */
  readonly recorded: number;
  readonly performedAt: string;
  readonly finished: boolean;
  /** Numbers that were answered, by question. */
  readonly numbers: Readonly<Record<string, number | undefined>>;
  readonly done: boolean | undefined;
  readonly cameTrue: string | undefined;
}

/** A time of a step, as it stands. */
interface OracleTime {
  readonly status: string;
  /** By which log it was done, as logs are `recorded`. */
  readonly doneBy: number | undefined;
}

/** A criterion as data: each reads the fields that its table line names. */
interface CriterionData {
  readonly type: string;
  readonly count: number;
  readonly linkId: string;
  readonly comparator: string;
  readonly value: number;
  readonly by: number;
  readonly peak: string;
  readonly after: string;
  readonly fall: { readonly by?: number; readonly toPercent: number };
  readonly days: number;
  readonly atLeast: number;
  readonly planned: string;
  readonly actual: string;
  readonly from: number;
  readonly to: number;
  readonly of: number;
  readonly score: string;
  readonly direction: string;
}

/** A rule, or a part of one, as data. */
interface RuleData {
  readonly type: string;
  readonly date: string;
  readonly after: string;
  readonly criterion: CriterionData;
  readonly of: readonly RuleData[];
}

/** As data, so that a word that was renamed in the code is noticed here. */
function readRule(rule: object): RuleData {
  return JSON.parse(JSON.stringify(rule));
}

export interface OracleWorld {
  readonly zone: string;
  readonly now: string;
  readonly signals: number;
  readonly logs: readonly OracleLog[];
  readonly times: readonly OracleTime[];
  /** How many logs a step still asks for; absent: again and again. */
  readonly asked: Readonly<Record<string, number>>;
}

const EPS = 1e-9;

/** The homework day: what the wall shows, four hours earlier. */
function homeworkDay(instant: string, zone: string): string {
  const parts: Record<string, string> = {};
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  for (const { type, value } of format.formatToParts(new Date(instant))) parts[type] = value;
  const wall = Date.UTC(Number(parts.year), Number(parts.month) - 1, Number(parts.day), Number(parts.hour));
  return new Date(wall - 4 * 3_600_000).toISOString().slice(0, 10);
}

function at(value: number | undefined, comparator: string, bound: number): boolean {
  if (value === undefined) return false;
  if (comparator === '<=') return value - bound <= EPS;
  return bound - value <= EPS;
}

/** The score of these plans is the sum of two questions, and is none without one of them. */
function reading(log: OracleLog, name: string): number | undefined {
  if (name !== 'total') return log.numbers[name];
  const { q1, q2 } = log.numbers;
  return q1 === undefined || q2 === undefined ? undefined : q1 + q2;
}

function dayBack(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function average(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

/** Logs by day, of the last `count` days that end with the latest of them. */
function byLastDays(logs: readonly OracleLog[], zone: string, count: number): OracleLog[][] {
  const days = new Map<string, OracleLog[]>();
  let latest = '';
  for (const log of logs) {
    const day = homeworkDay(log.performedAt, zone);
    if (day > latest) latest = day;
    const there = days.get(day);
    if (there === undefined) days.set(day, [log]);
    else there.push(log);
  }
  const found: OracleLog[][] = [];
  for (let back = 0; back < count; back += 1) {
    const there = latest === '' ? undefined : days.get(dayBack(latest, back));
    if (there !== undefined) found.push(there);
  }
  return found;
}

function criterionHolds(criterion: CriterionData, step: string, world: OracleWorld): boolean {
  const logs = world.logs
    .filter((log) => log.step === step && log.finished)
    .toSorted((a, b) => Date.parse(a.performedAt) - Date.parse(b.performedAt) || a.recorded - b.recorded);
  const read = (name: string) => logs.filter((log) => reading(log, name) !== undefined);
  const first = (name: string) => reading(read(name)[0] ?? noLog, name) ?? Number.NaN;
  const last = (name: string) => reading(read(name).at(-1) ?? noLog, name);
  switch (criterion.type) {
    case 'logs-done': {
      const done = world.times.filter(({ status }) => status === 'done' || status === 'late');
      const counted = logs.filter(({ recorded }) => done.some(({ doneBy }) => doneBy === recorded)).length;
      return counted >= Math.min(criterion.count, world.asked[step] ?? Number.POSITIVE_INFINITY);
    }
    case 'behaviour-done':
      return logs.some((log) => log.done === true);
    case 'measure-reached':
      return logs.some((log) => at(reading(log, criterion.linkId), criterion.comparator, criterion.value));
    case 'measure-fell':
      return (
        read(criterion.linkId).length >= 2 &&
        first(criterion.linkId) - (last(criterion.linkId) ?? 0) >= criterion.by - EPS
      );
    case 'fell-within-log':
      return logs.some((log) => {
        const peak = reading(log, criterion.peak);
        const after = reading(log, criterion.after);
        if (peak === undefined || after === undefined) return false;
        if (criterion.fall.by !== undefined) return peak - after >= criterion.fall.by - EPS;
        return peak > 0 && after <= (peak * criterion.fall.toPercent) / 100 + EPS;
      });
    case 'prediction-not-true':
      return logs.filter((log) => log.cameTrue === 'no').length >= criterion.count;
    case 'in-a-row': {
      if (logs.length < criterion.count) return false;
      let row = 0;
      for (const log of logs)
        row = at(reading(log, criterion.linkId), criterion.comparator, criterion.value) ? row + 1 : 0;
      return row >= criterion.count;
    }
    case 'mean-of-days': {
      const days = byLastDays(read(criterion.linkId), world.zone, criterion.days);
      if (days.length < criterion.atLeast || days.length === 0) return false;
      const means = days.map((day) => average(day.map((log) => reading(log, criterion.linkId) ?? 0)));
      return at(average(means), criterion.comparator, criterion.value);
    }
    case 'quota-kept': {
      const both = logs.filter(
        (log) => reading(log, criterion.planned) !== undefined && reading(log, criterion.actual) !== undefined,
      );
      let kept = 0;
      for (const day of byLastDays(both, world.zone, criterion.of)) {
        const planned = day.reduce((sum, log) => sum + (reading(log, criterion.planned) ?? 0), 0);
        const actual = day.reduce((sum, log) => sum + (reading(log, criterion.actual) ?? 0), 0);
        if (planned <= 0) continue;
        if (actual + EPS >= (planned * criterion.from) / 100 && actual - EPS <= (planned * criterion.to) / 100)
          kept += 1;
      }
      return kept >= criterion.days;
    }
    case 'score-reached':
      return at(last(criterion.score), criterion.comparator, criterion.value);
    case 'score-changed': {
      if (read(criterion.score).length < 2) return false;
      const change = (last(criterion.score) ?? 0) - first(criterion.score);
      return (criterion.direction === 'up' ? change : -change) >= criterion.by - EPS;
    }
    default:
      return false;
  }
}

const noLog: OracleLog = {
  ...{ step: '', recorded: 0, performedAt: '', finished: false, numbers: {} },
  ...{ done: undefined, cameTrue: undefined },
};

/** Whether the rule holds now, whatever else keeps the step locked. */
function ruleHoldsNow(rule: RuleData, world: OracleWorld): boolean {
  switch (rule.type) {
    case 'at-start':
      return true;
    case 'on-date':
      return homeworkDay(world.now, world.zone) >= rule.date;
    case 'after':
      return criterionHolds(rule.criterion, rule.after, world);
    case 'all':
      return rule.of.every((part) => ruleHoldsNow(part, world));
    case 'any':
      return rule.of.some((part) => ruleHoldsNow(part, world));
    default:
      return false;
  }
}

/** Whether a step that was never open opens now. */
export function opensNow(rule: object, world: OracleWorld): boolean {
  return world.signals === 0 && ruleHoldsNow(readRule(rule), world);
}
