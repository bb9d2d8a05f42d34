import { describe, expect, it } from 'vitest';
import { countedWords } from '../../../src/homework/plan/counted-words.ts';
import type { LibraryStep } from '../../../src/homework/plan/library-plan.ts';

const step: LibraryStep = {
  ...{ key: '1', step: 1, kind: 'diary', rationale: 'why', unlock: { type: 'at-start' } },
  title: 'Write after three walks',
  instructions: 'After your next three walks, write.',
  questionnaire: 'https://example.org/Questionnaire/diary|1.0.0',
  schedule: { type: 'event', event: 'walk', count: 3, text: 'next three walks', days: 14 },
};
const counted: LibraryStep = {
  ...step,
  counted: {
    one: { title: 'Write after a walk', instructions: 'After your next walk, write.', text: 'next walk' },
    other: { title: 'Write after # walks', instructions: '# walks, # notes.', text: 'next # walks' },
  },
};

describe('the words of a step that is asked for a number of times', () => {
  it.each<[number, string, string, string]>([
    [1, 'Write after a walk', 'After your next walk, write.', 'next walk'],
    [2, 'Write after two walks', 'two walks, two notes.', 'next two walks'],
    [3, 'Write after three walks', 'After your next three walks, write.', 'next three walks'],
    [12, 'Write after twelve walks', 'twelve walks, twelve notes.', 'next twelve walks'],
    [13, 'Write after 13 walks', '13 walks, 13 notes.', 'next 13 walks'],
    [100, 'Write after 100 walks', '100 walks, 100 notes.', 'next 100 walks'],
  ])('%i', (count, title, instructions, text) => {
    expect(countedWords(counted, count)).toEqual({ title, instructions, text });
  });

  it('are its own where it has none that say another number, but for the schedule', () => {
    const { title, instructions } = step;
    expect(countedWords(step, 1)).toEqual({ title, instructions, text: 'next walk' });
    expect(countedWords(step, 4)).toEqual({ title, instructions, text: 'next 4 walks' });
  });

  it('say nothing of a number where it is done once', () => {
    const once = { ...counted, schedule: { type: 'once-within', days: 3 } } as const;
    expect(countedWords(once, 1)).toEqual({ title: step.title, instructions: step.instructions, text: '' });
  });
});
