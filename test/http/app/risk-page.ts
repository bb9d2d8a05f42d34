import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { beganFrom, joinWith, saidOf, saidToSend } from '../../../smart-app/src/forms/draft-said.ts';
import { givenAnew } from '../../../smart-app/src/forms/given-anew.ts';
import { readQuestionnaire } from '../../../smart-app/src/forms/read-questionnaire.ts';
import type { DraftCopy } from '../../../smart-app/src/session/draft-copy.ts';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { saysSame } from '../../../src/homework/log/merge-drafts.ts';
import { currentVersion } from '../../../src/kinds/kind.ts';
import { selfMonitoring } from '../../../src/kinds/self-monitoring/index.ts';
import type { Answer } from '../open-doors.ts';
import type { App, Tab } from '../smart/open-app.ts';

export const question = 'self-harm-thoughts';
const { questionnaire, safety } = currentVersion(selfMonitoring);
const fields = readQuestionnaire(questionnaire);
/** All that has to be answered besides. */
const whole = { situation: 'meeting', 'belief-before': 70, 'belief-after': 60, 'suds-peak': 50 };

const savedShape = z.looseObject({ log: z.custom<LogView>(), version: z.number() });
const planShape = z.looseObject({ plan: z.looseObject({ logs: z.array(z.custom<LogView>()) }) });

/** What one request has said of the risk, and what was answered. */
export interface Said {
  readonly answer: Answer;
  /** The page's own yes that was not said before, or that is sent. */
  readonly isNewYes: boolean;
  /** The log as it came back. */
  readonly log: LogView | undefined;
}

/** A patient's page with a log, as it talks to the service: by the app's own ways of joining and marking what it sends. */
export class RiskPage {
  draft: DraftCopy;
  sentLog: LogView | undefined;
  private readonly app: App;
  private readonly tab: Tab;
  private readonly step: string;
  constructor({ app, tab, step }: { readonly app: App; readonly tab: Tab; readonly step: string }) {
    this.app = app;
    this.tab = tab;
    this.step = step;
    this.draft = { subject: step, logId: randomUUID(), answers: { ...whole }, withheld: [], synced: false };
  }

  answer(value: boolean): void {
    const change = { answers: { ...this.draft.answers, [question]: value } };
    const { anew: _before, ...rest } = this.draft;
    this.draft = { ...rest, ...change, ...defined({ anew: givenAnew(this.draft, change, safety) }), synced: false };
  }

  /** From two answers, takes the one that stands. */
  choose(): void {
    if (this.draft.others === undefined) return;
    const change = { answers: this.draft.answers, others: { answers: { [question]: [] }, performedAt: [] } };
    const { anew: _before, ...rest } = this.draft;
    this.draft = { ...rest, ...change, ...defined({ anew: givenAnew(this.draft, change, safety) }), synced: false };
  }

  /** @param lost the answer does not come back */
  async save({ lost = false } = {}): Promise<Said | undefined> {
    const sent = this.draft;
    const said = saidToSend(fields, sent);
    const isKnown = sent.sent === undefined && sent.anew === undefined;
    if (isKnown && sent.base !== undefined && saysSame(said, sent.base)) return undefined;
    const body = { assignmentId: this.step, ...said, base: beganFrom(sent), ...defined({ anew: sent.anew }) };
    const answer = await this.app.call(this.tab, 'PUT', `/app/v1/drafts/${sent.logId}`, body);
    const isNewYes = said.answers[question] === true && sent.anew !== undefined;
    if (lost) {
      this.draft = { ...sent, sent: [...(sent.sent ?? []), said] };
      return { answer, isNewYes, log: undefined };
    }
    if (answer.status !== 200) return { answer, isNewYes, log: undefined };
    const { log, version } = savedShape.parse(answer.body);
    const { anew: _sent, ...joined } = joinWith(fields, sent, { theirs: saidOf(log), base: said });
    this.draft = { ...joined, logId: log.id, savedAt: log.authored, version, synced: true };
    return { answer, isNewYes, log };
  }

  async send(): Promise<Said> {
    const { logId: id, base } = this.draft;
    const { answers, withheld } = saidToSend(fields, this.draft);
    const body = { id, answers, withheld, ...defined({ base }), status: 'completed' };
    const answer = await this.app.call(this.tab, 'POST', `/app/v1/assignments/${this.step}/logs`, body);
    return this.finished(answer, answers[question] === true);
  }

  /** Puts right what was sent; what of it is not touched stays. */
  async correct(values: readonly boolean[]): Promise<Said | undefined> {
    if (this.sentLog === undefined) return undefined;
    const begun = saidOf(this.sentLog);
    this.draft = { ...this.draft, answers: begun.answers, base: begun };
    for (const value of values) this.answer(value);
    const { answers, anew } = this.draft;
    const body = { answers, withheld: [], ...defined({ anew }) };
    const answer = await this.app.call(this.tab, 'PATCH', `/app/v1/logs/${this.sentLog.id}`, body);
    return this.finished(answer, answers[question] === true && anew !== undefined);
  }

  private finished(answer: Answer, isNewYes: boolean): Said {
    if (answer.status >= 300) return { answer, isNewYes: false, log: undefined };
    const { logs } = planShape.parse(answer.body).plan;
    const log = logs.find(({ id }) => id === (this.sentLog?.id ?? this.draft.logId));
    this.sentLog = log;
    const { anew: _told, ...rest } = this.draft;
    this.draft = rest;
    return { answer, isNewYes, log };
  }
}
