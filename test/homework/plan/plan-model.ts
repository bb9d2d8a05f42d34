/**
 * What becomes of a plan of several steps, written from the moves and the adherence of the mapping and from docs/engines (schedules, unlocking,
 * adherence) alone: it imports nothing of what it judges.
 */
import { ModelCalendar, plus } from '../schedule/model-calendar.ts';
import { type ModelSeries, SeriesModel } from '../schedule/series-model.ts';
import { SingleModel, type SingleSchedule } from './single-model.ts';

export type ModelSchedule = SingleSchedule | (ModelSeries & { readonly type: 'series' });
export type ModelRule =
  | { readonly type: 'at-start' | 'by-clinician' }
  | { readonly type: 'after'; readonly after: string; readonly criterion: 'behaviour-done' | 'clinician-approves' };

export interface ModelStepGiven {
  readonly key: string;
  readonly schedule: ModelSchedule;
  readonly rule: ModelRule;
  readonly standing: boolean;
  readonly graceDays: number;
}

export const personMoves = [
  'seen',
  'agree',
  'decline',
  'stop',
  'pause',
  'resume',
  'accept-as-done',
  'withdraw',
  'mistake',
  'unlock',
] as const;
export type PersonMove = (typeof personMoves)[number];

type Stage = 'draft' | 'requested' | 'received' | 'accepted' | 'in-progress';
type End =
  | 'done'
  | 'late'
  | 'missed'
  | 'declined'
  | 'stopped-by-patient'
  | 'withdrawn'
  | 'not-reached'
  | 'mistake'
  | undefined;

const plainWords: Readonly<Record<Stage, string>> = {
  draft: 'locked',
  requested: 'assigned',
  received: 'seen',
  accepted: 'agreed',
  'in-progress': 'logging',
};
const statusOfEnd: Readonly<Record<NonNullable<End>, string>> = {
  done: 'completed',
  late: 'completed',
  missed: 'failed',
  declined: 'rejected',
  'stopped-by-patient': 'cancelled',
  withdrawn: 'cancelled',
  'not-reached': 'cancelled',
  mistake: 'entered-in-error',
};

export const countNames = [
  'expected',
  'due',
  'done',
  'onTime',
  'late',
  'missed',
  'open',
  'excused',
  'adHoc',
  'extra',
] as const;
export type ModelCounts = Readonly<Record<(typeof countNames)[number], number>>;

class ModelStep {
  stage: Stage = 'draft';
  end: End;
  isPaused = false;
  /** It was missed, goes on, and is not enough yet. */
  isLateGoing = false;
  logs = 0;
  didIt = false;
  work: SeriesModel | SingleModel | undefined;
  endsWithVisit: boolean;
  readonly given: ModelStepGiven;

  constructor(given: ModelStepGiven) {
    this.given = given;
    const { schedule } = given;
    this.endsWithVisit = schedule.type === 'series' && schedule.ends.type === 'next-visit';
  }

  get isLive(): boolean {
    return this.end === undefined && this.stage !== 'draft' && !this.isPaused;
  }

  get done(): number {
    return this.#count('done', 'late');
  }

  get stands(): string {
    if (this.end !== undefined) return `${statusOfEnd[this.end]}/${this.end}`;
    const status = this.isPaused && this.stage === 'in-progress' ? 'on-hold' : this.stage;
    if (this.isPaused) return `${status}/paused`;
    if (this.isLateGoing) return `${status}/late`;
    return `${status}/${this.#count('overdue') > 0 ? 'overdue' : plainWords[this.stage]}`;
  }

  get counts(): ModelCounts {
    const isMistake = this.end === 'mistake';
    const count = (...statuses: readonly string[]) => (isMistake ? 0 : this.#count(...statuses));
    return {
      expected: count('done', 'late', 'missed', 'due', 'overdue'),
      due: count('done', 'late', 'missed', 'overdue'),
      ...{ done: count('done', 'late'), onTime: count('done'), late: count('late'), missed: count('missed') },
      ...{ open: count('due', 'overdue'), excused: count('excused', 'taken back') },
      adHoc: isMistake ? 0 : (this.work?.adHoc ?? 0),
      extra: isMistake ? 0 : (this.work?.extra ?? 0),
    };
  }

  #count(...statuses: readonly string[]): number {
    return this.work?.times.filter(({ status }) => statuses.includes(status)).length ?? 0;
  }

  /** What is open or paused of it is excused. */
  endAs(end: NonNullable<End>): void {
    this.end = end;
    for (const time of this.work?.times ?? [])
      if (time.status === 'due' || time.status === 'overdue' || time.status === 'paused') time.status = 'excused';
    // of what was accepted with nothing done of it, nothing further is beyond what was asked
    if (this.work instanceof SeriesModel) this.work.ended = this.done > 0 ? 'done' : 'missed';
  }

  tick(at: string): void {
    if (!this.isLive || this.work === undefined) return;
    if (this.work instanceof SeriesModel) this.#tickSeries(this.work, at);
    else this.#tickSingle(this.work, at);
  }

  #tickSeries(work: SeriesModel, at: string): void {
    const day = work.visit === undefined ? undefined : work.dayOf(work.visit);
    if (day !== undefined && day > this.opened && work.instant(day) <= at) this.endsWithVisit = false;
    work.tick(at);
    if (work.ended === 'done') this.endAs('done');
    else if (work.ended !== undefined) this.end = work.ended;
  }

  /** The day on which it was opened. */
  opened = '';

  #tickSingle(work: SingleModel, at: string): void {
    work.tick(at);
    if (this.stage === 'in-progress' && work.isEnough) this.endAs('done');
    else if (!this.isLateGoing && work.isMissed) this.end = 'missed';
  }
}

export class PlanModel {
  readonly steps: readonly ModelStep[];
  signals = 0;
  visit: string | undefined;
  closed = false;
  #daysOff: readonly { readonly from: string; readonly to: string }[] = [];
  readonly #planEnd: string;
  readonly #weekBegins: string;
  readonly #calendar: ModelCalendar;

  constructor(given: {
    readonly steps: readonly ModelStepGiven[];
    readonly zone: string;
    readonly planEnd: string;
    readonly weekBegins: string;
    readonly at: string;
  }) {
    this.#planEnd = given.planEnd;
    this.#weekBegins = given.weekBegins;
    this.steps = given.steps.map((step) => new ModelStep(step));
    this.#calendar = new ModelCalendar(given.zone);
    this.tick(given.at);
  }

  tick(at: string): void {
    if (this.closed) return;
    for (const step of this.steps) step.tick(at);
    for (let opened = true; opened; ) {
      opened = false;
      for (const step of this.steps) {
        if (step.stage !== 'draft' || step.end !== undefined || this.signals > 0) continue;
        if (!(step.given.standing || this.#holds(step.given.rule)) || !this.#hasTime(step, at)) continue;
        this.#open(step, at);
        opened = true;
      }
    }
  }

  /** Whether it is taken; what is not changes nothing. */
  log(
    key: string,
    at: string,
    {
      performedAt,
      named,
      did,
    }: { readonly performedAt: string; readonly named: number | undefined; readonly did: boolean },
  ): boolean {
    const step = this.#step(key);
    const { work } = step;
    const refuses = ['declined', 'stopped-by-patient', 'withdrawn', 'not-reached', 'mistake'];
    if (this.closed || work === undefined || refuses.includes(step.end ?? '')) return false;
    if (named !== undefined && work.times[named] === undefined) return false;
    step.logs += 1;
    step.didIt ||= did;
    if (!step.isPaused && step.end === undefined) step.stage = 'in-progress';
    if (work instanceof SeriesModel) {
      work.log(at, performedAt, { paper: false, ...(named === undefined ? {} : { named }) });
      if (work.ended === 'late' && step.end === 'missed') step.end = 'late';
    } else {
      const before = step.done;
      work.log(performedAt, named);
      if (step.end === 'missed' && step.done > before) {
        step.end = work.isEnough ? 'late' : undefined;
        step.isLateGoing = step.end === undefined;
        step.stage = 'in-progress';
      }
    }
    this.tick(at);
    return true;
  }

  excuse(key: string, which: number, at: string): boolean {
    const time = this.#step(key).work?.times[which];
    if (this.closed || time === undefined || !['due', 'overdue', 'missed'].includes(time.status)) return false;
    time.status = 'excused';
    this.tick(at);
    return true;
  }

  startSession(key: string, at: string): boolean {
    const step = this.#step(key);
    if (this.closed || step.given.schedule.type !== 'sessions' || !step.isLive) return false;
    if (step.work instanceof SingleModel) step.work.startSession(at);
    this.tick(at);
    return true;
  }

  move(key: string, move: PersonMove, at: string): boolean {
    const step = this.#step(key);
    if (this.closed && move !== 'mistake') return false;
    const moved = this.#move(step, move, at);
    this.tick(at);
    return moved;
  }

  #move(step: ModelStep, move: PersonMove, at: string): boolean {
    const { stage, isPaused } = step;
    if (move === 'mistake') {
      if (step.end === 'mistake') return false;
      step.endAs('mistake');
      return true;
    }
    if (step.end !== undefined) return false;
    const isWaiting = stage === 'requested' || stage === 'received' || stage === 'accepted';
    const goesOn = stage === 'in-progress' && !isPaused;
    const allowed: Readonly<Record<Exclude<PersonMove, 'mistake'>, boolean>> = {
      seen: stage === 'requested' && !isPaused,
      agree: (stage === 'requested' || stage === 'received') && !isPaused,
      decline: isWaiting && step.logs === 0,
      stop: goesOn,
      pause: (isWaiting || stage === 'in-progress') && !isPaused,
      resume: isPaused,
      'accept-as-done': goesOn,
      withdraw: true,
      unlock: stage === 'draft' && this.signals === 0 && this.#hasTime(step, at),
    };
    if (!allowed[move]) return false;
    if (move === 'seen') step.stage = 'received';
    if (move === 'agree') step.stage = 'accepted';
    if (move === 'decline') step.endAs('declined');
    if (move === 'stop') step.endAs('stopped-by-patient');
    if (move === 'accept-as-done') step.endAs('done');
    if (move === 'withdraw') step.endAs('withdrawn');
    if (move === 'unlock') this.#open(step, at);
    if (move === 'pause' || move === 'resume') {
      step.isPaused = move === 'pause';
      step.work?.[move](at);
    }
    return true;
  }

  sayVisit(visit: string | undefined): void {
    this.visit = visit;
    for (const { work } of this.steps) if (work !== undefined) work.visit = visit;
  }

  /** What is past stays: days that were off stay off. */
  sayDaysOff(at: string, said: readonly { readonly from: string; readonly to: string }[]): void {
    const today = this.#calendar.dayOf(at);
    const days = new Set<string>();
    for (const { from, to } of this.#daysOff)
      for (let day = from; day <= to && day < today; day = plus(day, 1)) days.add(day);
    this.#daysOff = [...[...days].map((day) => ({ from: day, to: day })), ...said];
    for (const { work } of this.steps) if (work instanceof SeriesModel) work.daysOff = this.#daysOff;
    this.tick(at);
  }

  close(as: 'completed' | 'revoked'): boolean {
    if (this.closed) return false;
    for (const step of this.steps) {
      if (step.end !== undefined) continue;
      const { schedule } = step.given;
      const runsOn = schedule.type === 'series' && (schedule.ends.type === 'open' || step.endsWithVisit);
      const isDone = as === 'completed' && runsOn && step.stage === 'in-progress' && !step.isPaused && step.done > 0;
      step.endAs(step.stage === 'draft' ? 'not-reached' : isDone ? 'done' : 'withdrawn');
    }
    this.closed = true;
    return true;
  }

  /** What it would be closed as; undefined: it is at no end. */
  get proposed(): 'completed' | 'revoked' | undefined {
    const ladder = this.steps.filter(({ given }) => !given.standing);
    const counted = ladder.length > 0 ? ladder : this.steps;
    if (this.closed || !counted.every((step) => step.end !== undefined || this.#isOutOfReach(step))) return undefined;
    const wasTried = this.steps.some(
      ({ end, logs }) => end === 'done' || end === 'late' || end === 'missed' || logs > 0,
    );
    return wasTried ? 'completed' : 'revoked';
  }

  isPreliminary(at: string, keys: readonly string[]): boolean {
    if (this.closed) return false;
    const isOpen = this.steps.some(({ given, counts }) => keys.includes(given.key) && counts.open > 0);
    return at < this.#calendar.instant(plus(this.#planEnd, 1)) || isOpen;
  }

  #isOutOfReach({ stage, given: { rule } }: ModelStep): boolean {
    if (stage !== 'draft' || rule.type !== 'after') return false;
    if (rule.criterion === 'behaviour-done') return !this.#holds(rule);
    const before = this.#step(rule.after).end;
    return before !== 'done' && before !== 'late';
  }

  #holds(rule: ModelRule): boolean {
    if (rule.type !== 'after') return rule.type === 'at-start';
    const before = this.#step(rule.after);
    return rule.criterion === 'behaviour-done' && before.didIt && before.end !== 'mistake';
  }

  /** Its own last day, of a series also the plan's, is not over. */
  #hasTime({ given: { schedule } }: ModelStep, at: string): boolean {
    const lasts: (string | undefined)[] = [];
    if (schedule.type === 'once') lasts.push(schedule.by);
    if (schedule.type === 'event') lasts.push(schedule.window.end);
    if (schedule.type === 'series')
      lasts.push(this.#planEnd, schedule.ends.type === 'on' ? schedule.ends.date : undefined);
    return lasts.every((day) => day === undefined || at < this.#calendar.instant(plus(day, 1)));
  }

  #open(step: ModelStep, at: string): void {
    const { schedule, graceDays } = step.given;
    const common = { zone: this.#calendar.zone, opened: at, graceDays };
    step.stage = 'requested';
    step.opened = this.#calendar.dayOf(at);
    if (schedule.type !== 'series') step.work = new SingleModel({ ...common, schedule, visit: this.visit });
    else {
      const work = new SeriesModel({
        ...{ ...common, series: schedule, planEnd: this.#planEnd, weekBegins: this.#weekBegins },
      });
      work.visit = this.visit;
      work.daysOff = this.#daysOff;
      step.work = work;
    }
    step.tick(at);
  }

  #step(key: string): ModelStep {
    const step = this.steps.find(({ given }) => given.key === key);
    if (step === undefined) throw new Error(`no step ${key}`);
    return step;
  }
}
