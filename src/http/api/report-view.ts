import type { Report } from '../../homework/model.ts';
import { type Sources, withReporter } from './reported-by.ts';

/** A report without its content as data, which its text tells. */
export function reportView({ content: _data, ...report }: Report, sources: Sources) {
  return withReporter(report, report.author, sources);
}
