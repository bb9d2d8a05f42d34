import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';

/**
 * The Flesch-Kincaid grade of a text: 0.39 × words per sentence + 11.8 × syllables per word − 15.59. Each line is a sentence of its own at
 * least, because a question, an option or an end word of a slider stands by itself.
 * @see Kincaid, Fishburne, Rogers & Chissom 1975, Research Branch Report 8-75
 */
export function gradeOf(lines: readonly string[]): number {
  const sentences = lines.flatMap(sentencesIn);
  const words = sentences.flatMap(wordsIn);
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

/** What a patient reads of a form, in its order: its title, why it is asked, its questions, help, options and end words. */
export function wordsOf({ title, description, purpose, item }: Questionnaire): readonly string[] {
  const read = (items: readonly QuestionnaireItem[]): readonly string[] =>
    items.flatMap((one) => [
      ...(one.text === undefined || one.text.includes('{name}') ? [] : [one.text]),
      ...(one.answerOption ?? []).flatMap(({ valueCoding, valueString }) => valueCoding?.display ?? valueString ?? []),
      ...read(one.item ?? []),
    ]);
  return [...[title, description, purpose].flatMap((words) => words ?? []), ...read(item ?? [])];
}

export function sentencesIn(line: string): readonly string[] {
  return line.split(/[.?!:;…–]+(?=\s|”|"|$)/).filter((sentence) => wordsIn(sentence).length > 0);
}

export function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-zà-ÿ]+(?:[’'-][a-zà-ÿ]+)*/g) ?? [];
}

/** By groups of vowels: a silent e at the end, `-es` and `-ed` are none of their own. */
export function syllablesIn(word: string): number {
  return word
    .split(/[-’']/)
    .map((part) => {
      const spoken = part.replace(/(?:[^laeiouy]es|[^td]ed|[^l]e)$/, (end) => end[0] ?? '');
      return spoken.match(/[aeiouyà-ÿ]+/g)?.length ?? 0;
    })
    .map((count, index) => (index === 0 ? Math.max(1, count) : count))
    .reduce((sum, count) => sum + count, 0);
}
