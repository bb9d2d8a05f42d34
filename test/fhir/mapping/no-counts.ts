import type { Adherence } from '../../../src/homework/model.ts';

export const noCounts: Adherence['counts'] = {
  ...{ expected: 0, due: 0, done: 0, onTime: 0, late: 0, missed: 0, open: 0, excused: 0, adHoc: 0, extra: 0 },
};
