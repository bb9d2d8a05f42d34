import type { Task, TaskInput } from 'fhir/r4';
import { codeIn, toConcept } from './concept.ts';
import { foreignCodeSystems, ourCodeSystems } from './systems.ts';

/** What an input is: ours, or SDC's (`questionnaire`, `response-endpoint`). */
export type InputCode =
  | 'kind'
  | 'step-number'
  | 'step-key'
  | 'schedule'
  | 'named-event'
  | 'pause'
  | 'instructions'
  | 'rationale'
  | 'unlock-rule'
  | 'late-grace'
  | 'occurrence-number'
  | 'late-until'
  | 'homework-day'
  | 'part-of-day';
export type SdcInputCode = 'questionnaire' | 'response-endpoint';

const sdcCodes: readonly string[] = ['questionnaire', 'response-endpoint'] satisfies SdcInputCode[];
const systemOf = (code: string) => (sdcCodes.includes(code) ? foreignCodeSystems.sdc : ourCodeSystems.taskInput);

/** One input of a Task, told apart by its type's code, never by its place. @see https://hl7.org/fhir/R4/task.html */
export function toTaskInput(code: InputCode | SdcInputCode, value: Omit<TaskInput, 'type'>): TaskInput {
  return { type: toConcept(systemOf(code), code), ...value };
}

/** The inputs of that code, in the Task's order. */
export function findTaskInputs(task: Task, code: InputCode | SdcInputCode): TaskInput[] {
  return task.input?.filter(({ type }) => codeIn(type, systemOf(code)) === code) ?? [];
}

/** The first input of that code. */
export function findTaskInput(task: Task, code: InputCode | SdcInputCode): TaskInput | undefined {
  return findTaskInputs(task, code)[0];
}
