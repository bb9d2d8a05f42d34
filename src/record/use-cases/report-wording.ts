import type { ReportWording } from '../../homework/report/report-frame.ts';
import { kindBySlug } from '../../kinds/registry.ts';

/** Reports in the words of the registered kinds. */
export const reportWording: ReportWording = {
  summaryOf: (slug) => kindBySlug(slug).summary,
  kindTitle: (slug) => kindBySlug(slug).title,
};
