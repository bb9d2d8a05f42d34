import type { QuestionnaireItem } from 'fhir/r4';
import { z } from 'zod';
import { kindShape } from '../../contract/kind.ts';
import { defined } from '../../foundation/defined.ts';
import { canonicalOf } from '../../kinds/canonical-of.ts';
import { currentVersion, type Kind } from '../../kinds/kind.ts';
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
function kindView(kind: Kind): z.input<typeof kindShape> {
  const { slug, title, description, defaults } = kind;
  const { questionnaire, behaviourLinkId, safety, offers } = currentVersion(kind);
  return {
    slug,
    title,
    description,
    questionnaire: canonicalOf(questionnaire),
    ...defined({ behaviourLinkId }),
    ...(safety === undefined ? {} : { safety: safety.map(({ linkId, rule }) => ({ linkId, rule })) }),
    defaults: {
      lateGraceHours: defaults.lateGraceHours,
      instructions: defaults.instructions,
      rationale: defaults.rationale,
    },
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
