/**
 * Which signals must stand after what was told, written from docs/engines/safety.md alone: nothing of the product is asked. It reads
 * what was sent, not what was stored.
 */

/** A step of the plan, by the questionnaire that it asks for. */
export type Step = 'phq-9' | 'diary-card' | 'self-monitoring' | 'structured-writing';

/** Answers to the questions that may be risks, by linkId; an option by its code. */
export type RiskAnswers = Readonly<Record<string, number | boolean | string>>;

/** A log as it was last told. */
export interface ToldLog {
  readonly id: string;
  readonly step: Step;
  readonly status: 'in-progress' | 'completed' | 'amended' | 'entered-in-error';
  readonly answers: RiskAnswers;
  readonly withheld: readonly string[];
  /** Milliseconds since 1970. */
  readonly performedAt: number;
  /** Whether a source system told this version of it. */
  readonly bySystem: boolean;
}

export interface Line {
  readonly logId: string;
  readonly linkId: string;
  /** Absent: it is withheld, or would tell what is. */
  readonly value?: number | boolean | string;
}

export interface ExpectedSignal {
  readonly rule: string;
  readonly ordinal: number;
  status: 'open' | 'closed';
  readonly lines: Line[];
}

interface Rule {
  readonly rule: string;
  readonly linkId: string;
  readonly isRisk: (value: number | boolean | string, before: number | undefined) => boolean;
  /** Its value tells of the reading before. */
  readonly isRise?: true;
}

/** What the log before says of an item, and whether that is kept. */
interface Reading {
  readonly value: number;
  readonly isWithheld: boolean;
}

const week = 7 * 24 * 3_600_000;

/** Item 9 at 1 or more, an urge of 4, acted, a rise of 2, yes to thoughts of self-harm, not safe or not sure: from the facts of the kinds. */
const rulesOf: Readonly<Record<Step, readonly Rule[]>> = {
  'phq-9': [
    {
      rule: 'phq-item-9',
      linkId: 'better-off-dead',
      isRisk: (value) => value === 'LA6569-3' || value === 'LA6570-1' || value === 'LA6571-9',
    },
  ],
  'diary-card': [
    { rule: 'acted-on-self-harm', linkId: 'acted-suicide', isRisk: (value) => value === true },
    { rule: 'acted-on-self-harm', linkId: 'acted-self-harm', isRisk: (value) => value === true },
    { rule: 'suicide-urge', linkId: 'urge-suicide', isRisk: (value) => Number(value) >= 4 },
    {
      rule: 'sudden-rise',
      linkId: 'urge-suicide',
      isRise: true,
      isRisk: (value, before) => before !== undefined && Number(value) - before >= 2,
    },
  ],
  'self-monitoring': [{ rule: 'self-harm-thoughts', linkId: 'self-harm-thoughts', isRisk: (value) => value === true }],
  'structured-writing': [
    { rule: 'not-safe-now', linkId: 'safe-now', isRisk: (value) => value === 'no' },
    { rule: 'other-concern', linkId: 'safe-now', isRisk: (value) => value === 'not-sure' },
  ],
};

/** Every rule that an answer can raise here; old answers are a system's alone. */
export const raisedRules: readonly string[] = [
  ...new Set(Object.values(rulesOf).flatMap((rules) => rules.map(({ rule }) => rule))),
  'old-answers',
];

/** One patient's logs and signals, as they must be. */
export class SignalsOracle {
  readonly signals: ExpectedSignal[] = [];
  readonly logs: ToldLog[] = [];

  /**
   * A log is written for the first time, saved on, sent or corrected.
   * @param anew linkIds that are given anew; `all`: it is sent
   */
  tell(log: ToldLog, at: number, anew: readonly string[] | 'all' = []): void {
    const known = this.logs.findIndex(({ id }) => id === log.id);
    const before = known === -1 ? undefined : this.logs[known];
    if (known === -1) this.logs.push(log);
    else this.logs[known] = log;
    const isOld = log.bySystem && at - log.performedAt > week;
    for (const { rule, linkId, isRisk, isRise } of rulesOf[log.step]) {
      const reading = this.#readingBefore(log, linkId);
      const value = risk(log, linkId, (answer) => isRisk(answer, reading?.value));
      if (value === undefined) continue;
      const was = before && risk(before, linkId, (answer) => isRisk(answer, reading?.value));
      const isLess = typeof value === 'number' && typeof was === 'number' && value <= was;
      const isMore = was === undefined || (!isLess && value !== was);
      const isAgain = anew === 'all' || anew.includes(linkId);
      if (!isMore && !isAgain) continue;
      const isKept = log.withheld.includes(linkId) || (isRise === true && reading?.isWithheld === true);
      const line = { logId: log.id, linkId, ...(isKept ? {} : { value }) };
      this.#raise(isOld ? 'old-answers' : rule, line, isMore);
    }
  }

  /** Taking a log back takes back no signal. */
  retract(id: string): void {
    const at = this.logs.findIndex((log) => log.id === id);
    const log = this.logs[at];
    if (log !== undefined) this.logs[at] = { ...log, status: 'entered-in-error' };
  }

  close(rule: string): void {
    for (const signal of this.signals) if (signal.rule === rule) signal.status = 'closed';
  }

  #raise(rule: string, line: Line, isMore: boolean): void {
    const own = this.signals.filter((signal) => signal.rule === rule);
    const says = (other: Line) => isOfSameAnswer(other, line) && other.value === line.value;
    if (rule === 'old-answers' && own.some(({ lines }) => lines.some(says))) return;
    const open = own.find(({ status }) => status === 'open');
    if (open === undefined) {
      this.signals.push({ rule, ordinal: own.length + 1, status: 'open', lines: [line] });
    } else if (!open.lines.some((other) => (isMore ? says(other) : isOfSameAnswer(other, line)))) {
      open.lines.push(line);
    }
  }

  /** The number that the finished log before has for the item. */
  #readingBefore({ id, step, performedAt }: ToldLog, linkId: string): Reading | undefined {
    const earlier = this.logs
      .filter((log) => log.id !== id && log.step === step && log.performedAt < performedAt)
      .filter(({ status }) => status === 'completed' || status === 'amended')
      .sort((a, b) => a.performedAt - b.performedAt);
    const readings = earlier.flatMap(({ answers: { [linkId]: value }, withheld }): readonly Reading[] =>
      typeof value === 'number' ? [{ value, isWithheld: withheld.includes(linkId) }] : [],
    );
    return readings.at(-1);
  }
}

function risk(
  { answers }: ToldLog,
  linkId: string,
  isRisk: (value: number | boolean | string) => boolean,
): number | boolean | string | undefined {
  const value = answers[linkId];
  return value !== undefined && isRisk(value) ? value : undefined;
}

const isOfSameAnswer = (one: Line, other: Line): boolean => one.logId === other.logId && one.linkId === other.linkId;
