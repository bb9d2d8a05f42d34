/**
 * What becomes of the times of a step that is no series, written from docs/engines/schedules.md and adherence.md alone: it imports nothing
 * of what it judges.
 */
import { between, ModelCalendar, plus } from '../schedule/model-calendar.ts';

export type SingleSchedule =
  | { readonly type: 'once'; readonly by: string }
  | { readonly type: 'once-within'; readonly days: number }
  | {
      readonly type: 'event';
      readonly count: number;
      readonly window: { readonly start: string; readonly end: string };
    }
  | { readonly type: 'at-visit' }
  | { readonly type: 'sessions'; readonly count: number };

export interface SingleTime {
  readonly opened: string;
  dueUntil: string;
  lateUntil: string;
  status: 'due' | 'overdue' | 'done' | 'late' | 'missed' | 'excused' | 'paused';
}

const never = '9999-12-31T23:59:59.999Z';

export class SingleModel extends ModelCalendar {
  readonly times: SingleTime[] = [];
  visit: string | undefined;
  extra = 0;
  adHoc = 0;
  readonly #grace: number;
  readonly #opened: string;
  readonly #schedule: SingleSchedule;
  /** The last day of it, for what has one. */
  #last: string | undefined;
  #pausedAt: string | undefined;

  constructor(given: {
    readonly schedule: SingleSchedule;
    readonly zone: string;
    readonly opened: string;
    readonly graceDays: number;
    readonly visit: string | undefined;
  }) {
    super(given.zone);
    const { schedule } = given;
    this.#grace = given.graceDays;
    this.#opened = given.opened;
    this.#schedule = schedule;
    this.visit = given.visit;
    if (schedule.type === 'once') this.#last = schedule.by;
    if (schedule.type === 'once-within') this.#last = plus(this.dayOf(given.opened), schedule.days);
    if (schedule.type === 'event') this.#last = schedule.window.end;
    if (schedule.type !== 'sessions') this.#open(given.opened);
  }

  get done(): number {
    return this.times.filter(({ status }) => status === 'done' || status === 'late').length;
  }

  /** What it asks for, less what was excused, and at least one. */
  get isEnough(): boolean {
    const excused = this.times.filter(({ status }) => status === 'excused').length;
    return this.done >= Math.max(1, this.#asked - excused);
  }

  /** Nothing is open or paused, something was missed, and too little was done. */
  get isMissed(): boolean {
    const has = (...statuses: readonly string[]) => this.times.some(({ status }) => statuses.includes(status));
    return !has('due', 'overdue', 'paused') && has('missed') && !this.isEnough;
  }

  get #asked(): number {
    return this.#schedule.type === 'event' || this.#schedule.type === 'sessions' ? this.#schedule.count : 1;
  }

  tick(at: string): void {
    if (this.#pausedAt !== undefined) return;
    if (this.#schedule.type === 'at-visit') this.#followVisit(at);
    this.#pass(at);
    if (this.#schedule.type !== 'event' || this.isEnough) return;
    const isClosed = at >= this.#ends().lateUntil;
    const isOpen = () => this.times.some(({ status }) => status === 'due' || status === 'overdue');
    while (this.times.length < this.#schedule.count && (isClosed || !isOpen())) this.#open(at);
    this.#pass(at);
  }

  startSession(at: string): void {
    if (!this.times.some(({ status }) => status === 'due')) this.#open(at);
  }

  log(performedAt: string, named: number | undefined): void {
    const time = named === undefined ? this.#timeFor(performedAt) : this.times[named];
    if (time === undefined) {
      if (this.isEnough) this.extra += 1;
      else this.adHoc += 1;
    } else if (time.status === 'done' || time.status === 'late') this.extra += 1;
    else if (time.status === 'excused' || time.status === 'paused') this.adHoc += 1;
    else if (performedAt < time.lateUntil) time.status = performedAt < time.dueUntil ? 'done' : 'late';
  }

  pause(at: string): void {
    this.#pausedAt = at;
    for (const time of this.times) if (time.status === 'due' || time.status === 'overdue') time.status = 'paused';
  }

  resume(at: string): void {
    const days = between(this.dayOf(this.#pausedAt ?? at), this.dayOf(at));
    this.#pausedAt = undefined;
    if (this.#last !== undefined) this.#last = plus(this.#last, days);
    // a visit that is over by now is not the next one
    const ends =
      this.#schedule.type === 'at-visit' && !this.#isVisitAhead(at)
        ? { dueUntil: never, lateUntil: never }
        : this.#ends();
    for (const time of this.times.filter(({ status }) => status === 'paused'))
      Object.assign(time, { status: 'due', ...ends });
  }

  #open(at: string): void {
    this.times.push({ opened: at, status: 'due', ...this.#ends() });
  }

  #ends(): Pick<SingleTime, 'dueUntil' | 'lateUntil'> {
    const day = this.#schedule.type === 'at-visit' ? this.#visitDay() : this.#last;
    if (day === undefined) return { dueUntil: never, lateUntil: never };
    return { dueUntil: this.instant(plus(day, 1)), lateUntil: this.instant(plus(day, 1 + this.#grace)) };
  }

  /** The next visit's day; one on the day on which the step opened is the one that it was given in. */
  #visitDay(): string | undefined {
    const day = this.visit === undefined ? undefined : this.dayOf(this.visit);
    return day !== undefined && day > this.dayOf(this.#opened) ? day : undefined;
  }

  #isVisitAhead(at: string): boolean {
    return this.visit !== undefined && this.visit > at;
  }

  #followVisit(at: string): void {
    for (const time of this.times) {
      const hasBegun = time.dueUntil !== never && this.instant(plus(this.dayOf(time.dueUntil), -1)) <= at;
      if (time.status !== 'due' || hasBegun) continue;
      Object.assign(time, this.#isVisitAhead(at) ? this.#ends() : { dueUntil: never, lateUntil: never });
    }
  }

  #pass(at: string): void {
    for (const time of this.times) {
      if (time.status === 'due' && at >= time.dueUntil) time.status = 'overdue';
      if (time.status === 'overdue' && at >= time.lateUntil) time.status = 'missed';
    }
  }

  /** The open one whose window it happened in, else one that was missed, within its grace. */
  #timeFor(performedAt: string): SingleTime | undefined {
    const { type } = this.#schedule;
    const fits = ({ opened, lateUntil }: SingleTime) => {
      const begins = this.#schedule.type === 'event' ? this.#schedule.window.start : this.dayOf(opened);
      return performedAt >= this.instant(begins) && performedAt < lateUntil;
    };
    const open = this.times.find((time) => (time.status === 'due' || time.status === 'overdue') && fits(time));
    return (
      open ?? (type === 'sessions' ? undefined : this.times.find((time) => time.status === 'missed' && fits(time)))
    );
  }
}
