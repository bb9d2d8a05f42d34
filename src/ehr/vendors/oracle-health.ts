import type { VendorTraits } from '../../landing/vendor-traits.ts';
import { generic } from './generic.ts';

const documentation = 'Oracle Health: vendor documentation, 2026';

/** Oracle Health Millennium (formerly Cerner), as of August 2026. */
export const oracleHealth: VendorTraits = {
  ...generic,
  vendor: 'oracle-health',
  title: 'Oracle Health',
  refuses: [
    {
      type: 'QuestionnaireResponse',
      interaction: 'update',
      because: 'it is for social history only',
      source: documentation,
    },
  ],
  remarks: [{ type: 'QuestionnaireResponse', says: 'what it updates is social history only', source: documentation }],
  observationCategories: ['vital-signs', 'laboratory'],
  // it takes html and xml too, but under which media types for XHTML is not known
  noteFormats: ['text/plain', 'application/pdf'],
  sources: {
    observationCategories: documentation,
    noteFormats: `${documentation}: pdf, txt, rtf, html, xml`,
  },
};
