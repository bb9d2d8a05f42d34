import type { ServiceProblem } from '../service/service-problem.ts';
import { changeProblem } from '../words/problem-words.ts';

/** Where the service itself says why, in ids and words of its own: it is being sent, something else stands there. */
const inItsWords = new Set<string>(['not-supported', 'place-mismatch', 'stands-in-ehr', 'ehr-unreachable']);

/** Why a decision was not taken, for whoever looks after the connection. */
export function refusalWords(problem: ServiceProblem): string {
  return inItsWords.has(problem.code) ? problem.message : changeProblem(problem);
}
