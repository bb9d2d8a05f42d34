import type { Extension, Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { defined } from '../../../src/foundation/defined.ts';

const itemControl = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl';
const minValue = 'http://hl7.org/fhir/StructureDefinition/minValue';
const maxValue = 'http://hl7.org/fhir/StructureDefinition/maxValue';
const sliderStep = 'http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue';
const unitOf = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit';
const unitOption = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';

export interface Option {
  /** What is sent as the answer: an option's code, text, number, date or time. */
  readonly value: string | number;
  readonly label: string;
}

/** A question, a heading with its questions, or a text, as the form shows it. */
export interface Field {
  readonly linkId: string;
  readonly type: QuestionnaireItem['type'];
  readonly text: string;
  readonly help?: string;
  /** The words at the ends of a slider. */
  readonly low?: string;
  readonly high?: string;
  readonly slider: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly step: number;
  readonly unit?: string;
  /** Units to choose from, by their words. */
  readonly units: readonly string[];
  readonly required: boolean;
  readonly repeats: boolean;
  readonly maxLength?: number;
  readonly options: readonly Option[];
  /** As the questionnaire has it, with the conditions under which it applies. */
  readonly item: QuestionnaireItem;
  /** The questions that those conditions turn on. */
  readonly asks: readonly QuestionnaireItem[];
  readonly fields: readonly Field[];
}

/**
 * What a form shows of a Questionnaire: help and end words go to the question that they stand under.
 *
 * @see https://hl7.org/fhir/extensions/StructureDefinition-questionnaire-itemControl.html
 */
export function readQuestionnaire(questionnaire: Questionnaire): readonly Field[] {
  const items = questionnaire.item ?? [];
  const questions = new Map(itemsIn(items).map((item) => [item.linkId, item]));
  return items.map((item) => toField(item, questions));
}

/** Every question at whatever depth, in order; headings and texts are none. */
export function questionsOf(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => [
    ...(field.type === 'group' || field.type === 'display' ? [] : [field]),
    ...questionsOf(field.fields),
  ]);
}

function itemsIn(items: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] {
  return items.flatMap((item) => [item, ...itemsIn(item.item ?? [])]);
}

function toField(item: QuestionnaireItem, questions: ReadonlyMap<string, QuestionnaireItem>): Field {
  const inner = item.item ?? [];
  const worded = (control: string) =>
    inner.find((questionnaireItem) => questionnaireItem.type === 'display' && controlOf(questionnaireItem) === control)
      ?.text;
  const help = worded('help');
  const [low, high] = [worded('lower'), worded('upper')];
  const [min, max] = [numberOf(item, minValue), numberOf(item, maxValue)];
  const unit = extension(item, unitOf)?.valueCoding;
  const unitWords = unit?.display ?? unit?.code;
  return {
    linkId: item.linkId,
    type: item.type,
    text: item.text ?? '',
    ...defined({ help, low, high }),
    slider: controlOf(item) === 'slider' && min !== undefined && max !== undefined,
    ...defined({ min, max }),
    step: numberOf(item, sliderStep) ?? 1,
    ...defined({ unit: unitWords }),
    units: (item.extension ?? []).flatMap(({ url, valueCoding }) =>
      url === unitOption ? (valueCoding?.display ?? valueCoding?.code ?? []) : [],
    ),
    required: item.required === true,
    repeats: item.repeats === true,
    ...defined({ maxLength: item.maxLength }),
    options: (item.answerOption ?? []).flatMap(toOption),
    item,
    asks: (item.enableWhen ?? []).flatMap(({ question }) => questions.get(question) ?? []),
    fields: inner
      .filter(
        (questionnaireItem) => !(questionnaireItem.type === 'display' && controlOf(questionnaireItem) !== undefined),
      )
      .map((questionnaireItem) => toField(questionnaireItem, questions)),
  };
}

function toOption(option: NonNullable<QuestionnaireItem['answerOption']>[number]): Option[] {
  const { valueCoding, valueString, valueInteger, valueDate, valueTime } = option;
  if (valueCoding?.code !== undefined)
    return [{ value: valueCoding.code, label: valueCoding.display ?? valueCoding.code }];
  const value = valueString ?? valueInteger ?? valueDate ?? valueTime;
  return value === undefined ? [] : [{ value, label: String(value) }];
}

function extension(item: QuestionnaireItem, url: string): Extension | undefined {
  return item.extension?.find((extension) => extension.url === url);
}

function controlOf(item: QuestionnaireItem): string | undefined {
  return extension(item, itemControl)?.valueCodeableConcept?.coding?.[0]?.code;
}

function numberOf(item: QuestionnaireItem, url: string): number | undefined {
  const found = extension(item, url);
  return found?.valueInteger ?? found?.valueDecimal;
}
