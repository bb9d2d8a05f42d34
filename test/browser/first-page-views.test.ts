import { describe } from 'vitest';
import { firstPageStates } from './states/first-page.ts';
import { lookAtEachState } from './view-states.ts';

describe('the first page', () =>
  lookAtEachState(firstPageStates, {
    width: 1200,
    looks: [
      { theme: 'light', width: 1200 },
      { theme: 'dark', width: 320 },
    ],
  }));
