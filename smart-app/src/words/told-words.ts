import type { Told } from '../../../src/contract/app/plan-view.ts';
import { asToldBy, toldBy as toldBySource } from '../../../src/homework/as-told-by.ts';

/** What stands beside a person whom a source system named: `, as told by Homework product (demo)`; empty for what people did in the app. */
export function toldWords({ reportedBy }: Told): string {
  return reportedBy === undefined ? '' : asToldBy({ via: reportedBy.source.name });
}

/** The same where nobody is named before it: `told by Homework product (demo)`. */
export function toldBy({ reportedBy }: Told): string {
  return toldBySource({ via: reportedBy?.source.name });
}
