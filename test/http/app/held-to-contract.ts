import { z } from 'zod';
import { type AppRouteKey, appAnswers } from '../../../src/contract/app/answers.ts';
import { launchedShape, sessionShape } from '../../../src/contract/app/session.ts';

const shapes: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(Object.entries(appAnswers).map(([key, shape]) => [key.replace(' /', ' /app/v1/'), shape])),
  'POST /smart/launch': launchedShape,
  'POST /smart/callback': sessionShape,
};
const patterns = Object.keys(shapes)
  // what is spelled out goes before what stands for anything: `/ledger/check` is no artefact
  .toSorted((a, b) => a.split('{').length - b.split('{').length)
  .map((key) => [key, new RegExp(`^${key.replace(/\{\w+\}/g, '[^/ ]+')}$`)] as const);

/** The contract's name of an address; undefined: it is none of `/app/v1`. */
export function routeKeyOf(method: string, path: string): AppRouteKey | string | undefined {
  const asked = `${method} ${path.replace(/[?#].*$/, '')}`;
  return patterns.find(([, pattern]) => pattern.test(asked))?.[0];
}

/**
 * Holds an answer to what the contract says of that address, whole: nothing of another type, nothing missing, nothing beside.
 * @throws Error that names the address and what is wrong; never the answer itself
 */
export function holdToContract(method: string, path: string, body: unknown): void {
  const key = routeKeyOf(method, path);
  if (key === undefined) throw new Error(`the contract has no ${method} ${path}`);
  const given: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  const parsed = shapes[key]?.safeParse(given);
  if (parsed?.success === true) return;
  throw new Error(`${key} answers another shape than its contract: ${parsed && z.prettifyError(parsed.error)}`);
}
