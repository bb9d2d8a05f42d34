import type { FaceServer } from './served-face.ts';

/**
 * What this face really does, as FHIR states it.
 * @see https://hl7.org/fhir/R4/capabilitystatement.html
 */
export function capabilityStatement(server: FaceServer) {
  const { face, base, definitions, authorization } = server;
  const resource = [...face.types].map(([type, offer]) => {
    const known = definitions.searchParameters(type);
    const codes = offer.searchParameters === 'all' ? [...known.keys()] : offer.searchParameters;
    return {
      type,
      interaction: offer.interactions.map((code) => ({ code })),
      versioning: offer.interactions.includes('update') ? 'versioned-update' : 'versioned',
      readHistory: offer.interactions.includes('vread'),
      updateCreate: face.updateCreate && offer.interactions.includes('update'),
      ...(offer.conditional === undefined
        ? {}
        : { conditionalCreate: offer.conditional, conditionalUpdate: offer.conditional }),
      conditionalRead: 'not-match',
      conditionalDelete: 'not-supported',
      referencePolicy: ['literal', 'logical', 'enforced'],
      ...(face.includes ? includesOf(server, type) : {}),
      searchParam: codes.flatMap((name) => {
        const parameter = known.get(name);
        return parameter ? [{ name, definition: parameter.url, type: parameter.type }] : [];
      }),
    };
  });
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-03-01',
    publisher: 'Harbor Clinic (sandbox)',
    kind: 'instance',
    description: `${face.title}. ${face.description}`,
    software: { name: 'Intersession sandbox EHR' },
    implementation: { description: `Sandbox EHR, face ${face.name}`, url: base },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          service: [
            {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' },
              ],
              text: 'OAuth2 with SMART App Launch and SMART backend services',
            },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: (['authorize', 'token', 'introspect', 'revoke'] as const).map((url) => ({
                url,
                valueUri: authorization[url],
              })),
            },
          ],
        },
        resource,
        ...(face.system.length > 0 ? { interaction: face.system.map((code) => ({ code })) } : {}),
      },
    ],
  };
}

function includesOf({ face, definitions }: FaceServer, type: string) {
  const references = (source: string) =>
    [...definitions.searchParameters(source).values()].filter((parameter) => parameter.type === 'reference');
  return {
    searchInclude: references(type).map(({ code }) => `${type}:${code}`),
    searchRevInclude: [...face.types.keys()].flatMap((source) =>
      references(source).map(({ code }) => `${source}:${code}`),
    ),
  };
}
