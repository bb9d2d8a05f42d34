/**
 * What becomes of a series, written from docs/engines/schedules.md alone: it imports nothing of what it judges, and
 * goes through all days from the first one each time.
 */
import { Temporal } from 'temporal-polyfill';
import { between, ModelCalendar, nameOf, plus } from './model-calendar.ts';

export type ModelPart = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';
export interface ModelSeries {
  readonly pattern:
    | { readonly type: 'days'; readonly every: number }
    | { readonly type: 'weekdays'; readonly days: readonly string[]; readonly everyWeeks: number }
    | { readonly type: 'per-week'; readonly count: number };
  readonly times?: readonly ModelPart[];
  readonly start?: string;
  readonly ends:
    | { readonly type: 'on'; readonly date: string }
    | { readonly type: 'after'; readonly count: number }
    | { readonly type: 'next-visit' | 'open' };
}
export type ModelStatus = 'due' | 'overdue' | 'done' | 'late' | 'missed' | 'excused' | 'paused' | 'taken back';
export interface ModelTime {
  readonly day: string;
  readonly part: ModelPart | undefined;
  readonly opened: string;
  readonly dueUntil: string;
  readonly lateUntil: string;
  status: ModelStatus;
  pausedAt?: string;
  /** Made by a series that counted otherwise. */
  readonly era: number;
}
interface Pause {
  readonly from: string;
  until?: string;
}

const partsInOrder: readonly ModelPart[] = ['morning', 'noon', 'afternoon', 'evening', 'night'];
const overAt = { morning: 12, noon: 14, afternoon: 18, evening: 22 };

export class SeriesModel extends ModelCalendar {
  readonly times: ModelTime[] = [];
  visit: string | undefined;
  daysOff: readonly { readonly from: string; readonly to: string }[] = [];
  ended: 'done' | 'missed' | 'late' | undefined;
  logged = false;
  extra = 0;
  adHoc = 0;
  readonly #grace: number;
  readonly #planEnd: string;
  readonly #weekBegins: string;
  #series: ModelSeries & { readonly start: string };
  #era = 0;
  /** When the step opened, or began to count otherwise. */
  #opened: string;
  #askedFrom: string;
  /** When its schedule was given. */
  #given: string;
  readonly #pauses: Pause[] = [];

  constructor(given: {
    readonly series: ModelSeries;
    readonly zone: string;
    readonly opened: string;
    readonly planEnd: string;
    readonly weekBegins: string;
    readonly graceDays: number;
  }) {
    super(given.zone);
    this.#grace = given.graceDays;
    this.#planEnd = given.planEnd;
    this.#weekBegins = given.weekBegins;
    this.#series = { ...given.series, start: given.series.start ?? this.dayOf(given.opened) };
    this.#opened = given.opened;
    this.#askedFrom = given.opened;
    this.#given = given.opened;
  }

  get #first(): string {
    const day = this.dayOf(this.#opened);
    return this.#series.start > day ? this.#series.start : day;
  }

  get paused(): boolean {
    const last = this.#pauses.at(-1);
    return last !== undefined && last.until === undefined;
  }

  /** What time does until then. */
  tick(at: string): void {
    this.#pass(at);
    if (this.ended !== undefined || this.paused) return;
    // where two windows overlap, the one before is the last when the last was taken back
    for (let last = ''; last !== (this.#lastDay() ?? ''); ) {
      last = this.#lastDay() ?? '';
      this.#fitLast(at);
    }
    const today = this.dayOf(at);
    for (let day = this.#from(); day <= today; day = plus(day, 1)) this.#make(day, at);
    const visit = this.#visitDay();
    if (this.#series.ends.type === 'next-visit' && visit !== undefined && this.instant(visit) <= at) {
      this.#series = { ...this.#series, ends: { type: 'on', date: plus(visit, -1) } };
      this.#askedFrom = at;
    }
    this.#pass(at);
    const open = this.times.some(({ status }) => status === 'due' || status === 'overdue' || status === 'paused');
    if (open || !this.#isAllMade()) return;
    const done = this.times.some(({ status }) => status === 'done' || status === 'late');
    if (done && this.logged) this.ended = 'done';
    else if (!done) this.#miss();
  }

  #miss(): void {
    if (this.times.some(({ status }) => status === 'missed')) this.ended = 'missed';
  }

  log(at: string, performedAt: string, by: { readonly named?: number; readonly paper: boolean }): void {
    const time = by.named === undefined ? this.#timeFor(performedAt) : this.times[by.named];
    if (!this.paused) this.logged = true;
    if (
      time === 'extra' ||
      (time === undefined && by.named === undefined && this.ended !== undefined && this.ended !== 'missed')
    ) {
      this.extra += 1;
      return;
    }
    if (time === undefined) {
      this.adHoc += 1;
      return;
    }
    if (time.status === 'done' || time.status === 'late') this.extra += 1;
    else if (time.status === 'excused' || time.status === 'paused' || time.status === 'taken back') this.adHoc += 1;
    else {
      const written = by.paper ? performedAt : at;
      const last = written > performedAt ? written : performedAt;
      if (last < time.lateUntil) {
        time.status = last < time.dueUntil ? 'done' : 'late';
        if (this.ended === 'missed') this.ended = 'late';
      }
    }
  }

  excuse(index: number): void {
    const time = this.times[index];
    if (time !== undefined) time.status = 'excused';
  }

  /** What is past stays: days that were off stay off. */
  sayDaysOff(at: string, said: readonly { readonly from: string; readonly to: string }[]): void {
    const yesterday = plus(this.dayOf(at), -1);
    const past = this.daysOff.flatMap(({ from, to }) =>
      from > yesterday ? [] : [{ from, to: to < yesterday ? to : yesterday }],
    );
    this.daysOff = [...past, ...said];
  }

  pause(at: string): void {
    this.#pauses.push({ from: at });
    for (const time of this.times)
      if (time.status === 'due' || time.status === 'overdue') {
        time.status = 'paused';
        time.pausedAt = at;
      }
  }

  resume(at: string): void {
    const pause = this.#pauses.at(-1);
    if (pause !== undefined) pause.until = at;
    for (const time of this.times.filter(({ status }) => status === 'paused')) {
      const wasOverdue = time.dueUntil <= (time.pausedAt ?? '') && time.lateUntil > at;
      time.status = time.dueUntil > at ? 'due' : wasOverdue ? 'overdue' : 'excused';
    }
    this.#askedFrom = at;
  }

  change(at: string, series: ModelSeries): void {
    const today = this.dayOf(at);
    const isWeekly = (one: ModelSeries) => one.pattern.type === 'per-week';
    const anew = isWeekly(series) !== isWeekly(this.#series);
    if (anew) {
      this.#era += 1;
      for (const time of this.times) if (time.status === 'due' || time.status === 'paused') time.status = 'taken back';
    }
    this.#series = { ...series, start: series.start ?? (anew ? today : this.#series.start) };
    if (anew) this.#opened = at;
    this.#askedFrom = at;
    this.#given = at;
  }

  /** What is open of the week that was made last goes on until its last day as that is now. */
  #redateWeek(label: string, at: string): void {
    const week = this.#week(label);
    for (const [index, time] of this.times.entries()) {
      if (time.status !== 'due' || time.era !== this.#era || time.day !== label || week === undefined) continue;
      const dueUntil = this.instant(plus(week.to, 1));
      const lateUntil = this.#late(dueUntil);
      const status = at >= lateUntil ? 'missed' : at >= dueUntil ? 'overdue' : 'due';
      if (dueUntil !== time.dueUntil) this.times[index] = { ...time, dueUntil, lateUntil, status };
    }
  }

  #late(dueUntil: string): string {
    const zoned = Temporal.Instant.from(dueUntil).toZonedDateTimeISO(this.zone).add({ days: this.#grace });
    return new Date(zoned.epochMilliseconds).toISOString();
  }

  #pass(at: string): void {
    for (const time of this.times) {
      if (time.status === 'due' && at >= time.dueUntil) time.status = 'overdue';
      if (time.status === 'overdue' && at >= time.lateUntil) time.status = 'missed';
    }
  }

  #visitDay(): string | undefined {
    const day = this.visit === undefined ? undefined : this.dayOf(this.visit);
    // one on the day on which the schedule was given is the one that it was given in
    return day !== undefined && day > this.#first && day > this.dayOf(this.#given) ? day : undefined;
  }

  #until(): string {
    const { ends } = this.#series;
    const visit = ends.type === 'next-visit' ? this.#visitDay() : undefined;
    const days = [this.#planEnd, ...(ends.type === 'on' ? [ends.date] : []), ...(visit ? [plus(visit, -1)] : [])];
    return days.sort()[0] ?? '';
  }

  #isOff(day: string): boolean {
    const [begins, ends] = [this.instant(day), this.instant(plus(day, 1))];
    return (
      begins >= ends ||
      this.daysOff.some(({ from, to }) => from <= day && day <= to) ||
      this.#pauses.some(({ from, until }) => from <= begins && (until === undefined || ends <= until))
    );
  }

  #weekOf(day: string): string {
    let first = day;
    while (nameOf(first) !== this.#weekBegins) first = plus(first, -1);
    return first;
  }

  #asks(day: string): boolean {
    const { pattern, start } = this.#series;
    if (day < start || day > this.#until() || this.#isOff(day)) return false;
    if (pattern.type === 'days') return between(start, day) % pattern.every === 0;
    if (pattern.type === 'per-week' || !pattern.days.includes(nameOf(day))) return false;
    return (between(this.#weekOf(start), this.#weekOf(day)) / 7) % pattern.everyWeeks === 0;
  }

  #week(week: string): { readonly from: string; readonly to: string; readonly count: number } | undefined {
    const { pattern } = this.#series;
    if (pattern.type !== 'per-week') return undefined;
    const days: string[] = [];
    for (let day = week; day < plus(week, 7); day = plus(day, 1))
      if (day >= this.#first && day <= this.#until() && !this.#isOff(day)) days.push(day);
    const [from, to] = [days[0], days.at(-1)];
    if (from === undefined || to === undefined) return undefined;
    const share = Math.round((pattern.count * days.length) / 7);
    const count = this.#weekOf(this.#first) === week ? Math.max(1, share) : share;
    return count === 0 ? undefined : { from, to, count };
  }

  #mine(): ModelTime[] {
    return this.times.filter(({ era, status }) => era === this.#era && status !== 'taken back');
  }

  #lastDay(): string | undefined {
    return this.#mine().at(-1)?.day;
  }

  #left(): number {
    const { ends } = this.#series;
    return ends.type === 'after' ? ends.count - this.#mine().length : Number.POSITIVE_INFINITY;
  }

  #isPartOver(day: string, part: ModelPart | undefined): boolean {
    return part !== undefined && part !== 'night' && this.instant(day, overAt[part]) <= this.#askedFrom;
  }

  #parts(): readonly (ModelPart | undefined)[] {
    const { times } = this.#series;
    return times === undefined ? [undefined] : partsInOrder.filter((part) => times.includes(part));
  }

  #add(day: string, part: ModelPart | undefined, from: string, to: string): void {
    if (this.#left() <= 0) return;
    const begins = this.instant(from);
    const dueUntil = this.instant(plus(to, 1));
    const opened = begins < this.#askedFrom && this.#askedFrom < dueUntil ? this.#askedFrom : begins;
    const lateUntil = this.#late(dueUntil);
    this.times.push({ day, part, opened, dueUntil, lateUntil, status: 'due', era: this.#era });
  }

  /** From where on days are still to be made: after the last, and since the step opened or went on. */
  #from(): string {
    const last = this.#lastDay();
    const going = this.dayOf(this.#askedFrom);
    const lower = going > this.#first ? going : this.#first;
    if (this.#series.pattern.type !== 'per-week') return last === undefined || last < lower ? lower : plus(last, 1);
    const week = last === undefined ? this.#weekOf(lower) : plus(last, 7);
    return week > this.#weekOf(lower) ? week : this.#weekOf(lower);
  }

  #make(day: string, at: string): void {
    if (this.#series.pattern.type !== 'per-week') {
      if (!this.#asks(day)) return;
      for (const part of this.#parts()) if (!this.#isPartOver(day, part)) this.#add(day, part, day, day);
      return;
    }
    const week = this.#weekOf(day) === day ? this.#week(day) : undefined;
    if (week === undefined || this.instant(week.from) > at || this.#isBefore(week)) return;
    for (let time = 0; time < week.count; time += 1) this.#add(day, undefined, week.from, week.to);
  }

  /** Fits the last day or week as long as it is open. */
  #fitLast(at: string): void {
    const label = this.#lastDay();
    const group = this.#mine().filter(({ day }) => day === label);
    if (label === undefined) return;
    const now = this.#week(label);
    const goesOn = now !== undefined && this.instant(plus(now.to, 1)) > at;
    if (!goesOn && !group.some(({ dueUntil }) => dueUntil > at)) return;
    const back = (time: ModelTime) => {
      if (time.status === 'due' && time.dueUntil > at) time.status = 'taken back';
    };
    if (this.#series.pattern.type === 'per-week') {
      const week = this.#week(label);
      const tooMany = Math.max(0, group.length - (week?.count ?? 0));
      if (week === undefined) group.forEach(back);
      else
        group
          .filter(({ status }) => status === 'due')
          .slice(tooMany === 0 ? group.length : -tooMany)
          .forEach(back);
      this.#redateWeek(label, at);
      if (week === undefined || this.#isBefore(week)) return;
      const kept = group.filter(({ status }) => status !== 'taken back').length;
      for (let time = kept; time < (week?.count ?? 0); time += 1)
        this.#add(label, undefined, week?.from ?? label, week?.to ?? label);
      return;
    }
    const parts = this.#asks(label) ? this.#parts() : [];
    group.filter(({ part }) => !parts.includes(part)).forEach(back);
    const kept = group.filter(({ status }) => status !== 'taken back');
    if (this.#isBefore({ to: label }) || kept.some(({ part }) => !parts.includes(part))) return;
    for (const part of parts)
      if (!this.#isPartOver(label, part) && !kept.some((time) => time.part === part))
        this.#add(label, part, label, label);
  }

  /** No change and no pause asks for what has passed. */
  #isBefore({ to }: { readonly to: string }): boolean {
    return to < this.dayOf(this.#askedFrom);
  }

  #isAllMade(): boolean {
    if (this.#left() <= 0) return true;
    const from = this.#from();
    const until = this.#until();
    for (let day = from; day <= until; day = plus(day, 1)) {
      if (this.#asks(day) && this.#parts().some((part) => !this.#isPartOver(day, part))) return false;
      const week = this.#weekOf(day) === day ? this.#week(day) : undefined;
      if (week !== undefined && !this.#isBefore(week)) return false;
    }
    return true;
  }

  #timeFor(performedAt: string): ModelTime | 'extra' | undefined {
    const day = this.dayOf(performedAt);
    const windowed = this.times.filter(
      (time) => time.status !== 'taken back' && performedAt < time.dueUntil && this.#begins(time) <= performedAt,
    );
    const label = windowed.find((time) => time.day === day)?.day ?? windowed[0]?.day;
    const asked = windowed.filter((time) => time.day === label);
    const open = asked.filter(({ status }) => status === 'due' || status === 'overdue' || status === 'missed');
    const part = partsInOrder.find((one) => one === 'night' || performedAt < this.instant(day, overAt[one]));
    const time = open.find((one) => one.part === part) ?? open[0];
    if (time !== undefined) return time;
    if (asked.length > 0)
      return asked.every(({ status }) => status === 'done' || status === 'late') ? 'extra' : undefined;
    return this.times.findLast(
      ({ status, dueUntil, lateUntil }) =>
        (status === 'overdue' || status === 'missed') && dueUntil <= performedAt && performedAt < lateUntil,
    );
  }

  /** With the day in which it was opened. */
  #begins({ opened }: ModelTime): string {
    const begins = this.instant(this.dayOf(opened));
    return begins < opened ? begins : opened;
  }
}
