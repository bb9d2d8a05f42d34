import { z } from 'zod';
import { defined } from '../../homework/defined.ts';
import { kinds } from '../../kinds/registry.ts';
import { defineRoute } from './route.ts';
import { safetyRule } from './safety-signals.ts';
import { versionedCanonical } from './values.ts';

const kindShape = z
  .strictObject({
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    questionnaire: versionedCanonical,
    behaviourLinkId: z.string().exactOptional().describe('The item that says whether the behaviour itself was done'),
    safety: z
      .array(z.strictObject({ linkId: z.string(), rule: safetyRule }))
      .exactOptional()
      .describe('Items that ask for risk: a risk answer raises a safety signal'),
    defaults: z.strictObject({ lateGraceHours: z.number(), instructions: z.string(), rationale: z.string() }),
    offers: z.array(z.string()).describe('Unlock criteria that make sense after a step of this kind'),
    items: z
      .array(
        z.strictObject({
          linkId: z.string(),
          type: z.string(),
          text: z.string().exactOptional(),
          required: z.boolean(),
          repeats: z.boolean(),
        }),
      )
      .describe('What can be answered; the whole questionnaire is at `/fhir/{tenant}/Questionnaire`'),
  })
  .meta({ id: 'Kind' });

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
