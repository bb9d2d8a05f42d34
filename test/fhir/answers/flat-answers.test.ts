import { describe, expect, it } from 'vitest';
import type { AnswerIssue } from '../../../src/fhir/answers/answer-issue.ts';
import { invalidAnswers, readAnswers } from '../../../src/fhir/answers/read-answers.ts';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { around, diary, form, given, integer, nested, repetition, required } from './forms-of-integers.ts';

describe('flat answers', () => {
  const place = (linkId: string, text: string): AnswerIssue => ({ linkId, problem: text });
  const noObject = 'must be an object of repetitions, each with an id of up to 8 letters, digits or hyphens';

  function issuesOf(answers: Record<string, unknown>, questionnaire = diary): readonly AnswerIssue[] {
    try {
      readAnswers(questionnaire, answers);
    } catch (error) {
      if (hasCode(error, 'invalid-answer')) return error.fields.issues;
      throw error;
    }
    return [];
  }

  it.each<[answers: Record<string, unknown>, issues: AnswerIssue[]]>([
    [{ r: { a: { m: 1 } }, many: [1, 2], single: 3 }, []],
    [{ r: 5 }, [place('r', noObject)]],
    [{ r: [{ m: 1 }] }, [place('r', noObject)]],
    [{ r: { '123456789': { m: 1 } } }, [place('r', noObject)]],
    [{ r: { a: 5 } }, [place('r', noObject)]],
    [{ r: { a: { m: 1 }, b: null } }, [place('r', noObject)]],
    [{ m: 1 }, [place('m', 'belongs in a repetition of r')]],
    [{ r: { a: { m: 1, single: 1 } } }, [place('single', 'belongs at the top level')]],
    [{ r: { a: { m: 1, new: 1 } } }, [place('new', 'is not an item of this questionnaire')]],
    [{ r: { a: { m: 'x' } } }, [place('m', 'must be a whole number')]],
    [{ many: [1, 'x', 'y'] }, [place('many', 'must be a whole number'), place('many', 'must be a whole number')]],
    [{ ['x'.repeat(65)]: 1 }, [place('x'.repeat(64), 'is not an item of this questionnaire')]],
  ])('%j', (answers, issues) => {
    expect(issuesOf(answers)).toEqual(issues);
  });

  it('of a group, a display, or below a question', () => {
    const questionnaire = form({ linkId: 'words', type: 'display' }, ...(nested.item ?? []));
    expect(issuesOf({ words: 'x' }, questionnaire)).toEqual([place('words', 'takes no answer')]);
    expect(issuesOf({ outer: 1 }, questionnaire)).toEqual([place('outer', 'is a group: it has no answer of its own')]);
    expect(readAnswers(questionnaire, { deep: 1, under: null, top: 2 })).toEqual([
      around('outer', around('inner', given('deep'))),
      given('top', { answers: [{ type: 'integer', value: 2 }] }),
    ]);
    expect(issuesOf({ under: 1 }, questionnaire)).toEqual([
      place('top', 'must be answered, because items below it are'),
    ]);
  });

  it('that cannot be read are not asked for as well', () => {
    const both = form(integer('q', required), integer('p', required));
    try {
      readAnswers(both, { q: 'x' }, { complete: true });
      expect.unreachable();
    } catch (error) {
      expect(hasCode(error, 'invalid-answer') && error.fields.issues).toEqual([
        place('q', 'must be a whole number'),
        place('p', 'must be answered'),
      ]);
    }
  });

  it('leave a repetition out in which nothing is answered', () => {
    expect(readAnswers(diary, { r: { a: { m: null }, b: { m: [] }, c: { m: 0 } } })).toEqual([
      repetition('r', 'c', given('m', { answers: [{ type: 'integer', value: 0 }] })),
    ]);
    expect(readAnswers(diary, { r: {} })).toEqual([]);
    expect(readAnswers({ resourceType: 'Questionnaire', status: 'active' }, {})).toEqual([]);
  });

  it.each([
    [1, 'Diary', '1 answer does not fit the questionnaire Diary'],
    [2, 'Diary', '2 answers do not fit the questionnaire Diary'],
    [1, undefined, '1 answer does not fit the questionnaire'],
  ])('are refused in one error: %d of %s', (count, name, message) => {
    const issues = Array.from({ length: count }, () => place('q', 'must be text'));
    const error = invalidAnswers({ ...diary, ...(name !== undefined && { name }) }, issues);
    expect([error.code, error.fields, error.message]).toEqual(['invalid-answer', { issues }, message]);
  });
});
