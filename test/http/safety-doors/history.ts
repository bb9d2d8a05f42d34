import { expect } from 'vitest';
import type { AppWithSources } from '../app/open-app-with-sources.ts';
import type { Answer } from '../open-doors.ts';
import { PatientHouse } from './patient-house.ts';
import type { Crash, Door, Given } from './random-acts.ts';
import { raisedRules, SignalsOracle, type Step, type ToldLog } from './signals-oracle.ts';

/** A log of this history, and how it was sent. */
export interface Kept {
  readonly id: string;
  readonly door: Door;
  readonly step: Step;
  /** Of a form filler's: the occurrence and its form. */
  readonly asked?: { readonly id: string; readonly questionnaire: string };
  /** Sends once more what was sent last, as it was. */
  again: (() => Promise<Answer>) | undefined;
}

/** What came of all histories so far: that none of them was empty is asked at the end. */
export interface Tally {
  /** Lines of evidence, by `door rule`. */
  readonly told: Map<string, number>;
  readonly crashed: Record<Crash['point'], number>;
  restarts: number;
  imports: number;
  closed: number;
  refused: number;
}

export const isTaken = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** One patient's history so far: the service and who speaks with it, and beside it what must stand. */
export class History {
  readonly app: AppWithSources;
  readonly house: PatientHouse;
  readonly oracle = new SignalsOracle();
  readonly tally: Tally;
  readonly logs: Kept[] = [];

  constructor(app: AppWithSources, patientId: string, tally: Tally) {
    this.app = app;
    this.house = new PatientHouse(app, patientId);
    this.tally = tally;
  }

  get now(): number {
    return this.app.doors.test.record.clock.now().getTime();
  }

  /** Sends something; where the service dies at it, once more, as everybody does who was not answered. */
  async through(
    send: () => Promise<Answer>,
    crash: Crash | undefined,
  ): Promise<{ readonly answer: Answer; readonly isKept: boolean }> {
    const { doors } = this.app;
    let hasCrashed = false;
    doors.test.onReach = (point) => {
      if (hasCrashed || point !== crash?.point) return;
      hasCrashed = true;
      throw new Error(`dies at ${point}`);
    };
    const first = await send();
    doors.test.onReach = () => {};
    // where the sweep after a closing dies, the closing itself is answered all the same
    if (!hasCrashed || crash === undefined || isTaken(first)) {
      if (!isTaken(first)) this.tally.refused += 1;
      return { answer: first, isKept: isTaken(first) };
    }
    this.tally.crashed[crash.point] += 1;
    expect(first.status).toBe(500);
    if (crash.restarts) await doors.restart();
    const second = await send();
    return { answer: second, isKept: crash.point === 'domain:after-commit' || isTaken(second) };
  }

  /** What was taken, as it must be judged now. */
  tell(log: ToldLog, door: Door, anew: readonly string[] | 'all' = []): void {
    const lines = (rule: string) =>
      this.oracle.signals.filter((signal) => signal.rule === rule).reduce((sum, each) => sum + each.lines.length, 0);
    const before = new Map(raisedRules.map((rule) => [rule, lines(rule)]));
    this.oracle.tell(log, this.now, anew);
    for (const [rule, count] of before) {
      const name = `${door} ${rule}`;
      this.tally.told.set(name, (this.tally.told.get(name) ?? 0) + lines(rule) - count);
    }
  }

  told(id: string): ToldLog {
    const log = this.oracle.logs.find((told) => told.id === id);
    if (log === undefined) throw new TypeError(`nobody told of ${id}`);
    return log;
  }

  /** What it says already. */
  said({ id, step }: Kept): Given {
    const { answers, withheld } = this.told(id);
    return { step, answers, isWithheld: withheld.length > 0 };
  }

  isDraft({ id }: Kept): boolean {
    return this.told(id).status === 'in-progress';
  }
}

/** One of them, if there are any. */
export function chosen<T>(all: readonly T[], which: number): T | undefined {
  return all[which % Math.max(1, all.length)];
}

export const withheldOf = ({ answers, isWithheld }: Given): readonly string[] =>
  isWithheld ? Object.keys(answers) : [];
