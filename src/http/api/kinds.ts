import type { QuestionnaireItem } from 'fhir/r4';
import { z } from 'zod';
import type { AnswerOf } from '../../contract/answer-type.ts';
import { kindShape } from '../../contract/kind.ts';
import { defined } from '../../foundation/defined.ts';
import { canonicalOf } from '../../kinds/canonical-of.ts';
import { currentVersion, type Kind } from '../../kinds/kind.ts';
import { kindDefaults, kindParts } from '../kind-parts.ts';
import { defineRoute } from './route.ts';

export const kindRoutes = [
  defineRoute({
    method: 'get',
    path: '/kinds',
    operationId: 'listKinds',
    tag: 'Library',
    summary: 'The kinds of homework',
    needs: ['Questionnaire.s'],
    answers: {
      200: {
        description: 'Every kind',
        schema: z.strictObject({ kinds: z.array(kindShape) }).meta({ id: 'Kinds' }),
      },
    },
    errors: [],
    async handle({ record }) {
      return { status: 200, body: { kinds: record.kinds.kinds.map(kindView) } };
    },
  }),
];

/** A kind as a new assignment of it would be; one that was made before keeps the version that it names. */
function kindView(kind: Kind): AnswerOf<typeof kindShape> {
  const { slug, title, description } = kind;
  const version = currentVersion(kind);
  const { questionnaire, behaviourLinkId, safety, offers } = version;
  return {
    slug,
    title,
    description,
    questionnaire: canonicalOf(questionnaire),
    ...defined({ behaviourLinkId }),
    ...(safety === undefined ? {} : { safety: safety.map(({ linkId, rule }) => ({ linkId, rule })) }),
    defaults: kindDefaults(kind),
    ...kindParts(kind, version),
    offers: [...offers],
    items: answerable(questionnaire.item ?? []),
  };
}

function answerable(items: readonly QuestionnaireItem[]): z.input<typeof kindShape>['items'] {
  return items.flatMap((item) => [
    ...(item.type === 'group' || item.type === 'display'
      ? []
      : [
          {
            linkId: item.linkId,
            type: item.type,
            ...defined({ text: item.text }),
            required: item.required === true,
            repeats: item.repeats === true,
          },
        ]),
    ...answerable(item.item ?? []),
  ]);
}
