import { z } from 'zod';
import { kindShape } from '../../contract/kind.ts';
import { defined } from '../../homework/defined.ts';
import { kinds } from '../../kinds/registry.ts';
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
    async handle() {
      return { status: 200, body: { kinds: kinds.map(kindView) } };
    },
  }),
];

function kindView(kind: (typeof kinds)[number]): z.input<typeof kindShape> {
  const { slug, title, description, questionnaire, behaviourLinkId, safety, defaults, offers } = kind;
  return {
    slug,
    title,
    description,
    questionnaire: `${questionnaire.url}|${questionnaire.version}`,
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

type Item = NonNullable<(typeof kinds)[number]['questionnaire']['item']>[number];

function answerable(items: readonly Item[]): z.input<typeof kindShape>['items'] {
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
