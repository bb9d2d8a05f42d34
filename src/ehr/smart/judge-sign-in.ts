import { safeEndpoint } from './ask-server.ts';
import {
  endpointNames,
  type Flaw,
  readConfiguration,
  type StatedConfiguration,
  signInFlaws,
} from './smart-configuration.ts';

/** How a tenant is set up to sign in; all of it may be missing where only files are judged. */
export interface SignInSetting {
  readonly issuer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly appAuth?: 'public' | 'secret' | 'key' | undefined;
  readonly systemClientId?: string | undefined;
}

/** Whether one of the two clients can get in, as far as a SMART configuration says. */
export interface SignInVerdict {
  readonly who: 'clinicians, from a chart' | 'people by themselves' | 'the service itself';
  readonly can: 'yes' | 'no' | 'not stated';
  /** Clauses. */
  readonly because: readonly string[];
  /** Sentences for the EHR's people. */
  readonly ask: readonly string[];
}

interface Doubt {
  readonly who: readonly SignInVerdict['who'][];
  readonly because: string;
  readonly ask: string;
}

const everybody = ['clinicians, from a chart', 'people by themselves'] as const;

/**
 * Says of a SMART configuration, before anybody launches, who will be able to sign in and who will not. What is missing
 * and insisted on is a no; what is only not listed is not stated, for a server may do more than it lists.
 * @param configuration `.well-known/smart-configuration` as JSON; undefined: there is none
 */
export function judgeSignIn(configuration: unknown, setting: SignInSetting): SignInVerdict[] {
  const said = readConfiguration(configuration);
  if (said === undefined) {
    const because = ['it answers no SMART configuration'];
    const ask = ['Ask where .well-known/smart-configuration stands; SMART App Launch 2 wants it below the FHIR base.'];
    return [...everybody, 'the service itself' as const].map((who) => ({ who, can: 'no', because, ask }));
  }
  const flaws = [...signInFlaws(said, setting), ...addressFlaws(said)];
  const doubts = doubtsOf(said, setting);
  return [
    ...everybody.map((who) =>
      verdict(
        who,
        flaws,
        doubts.filter((doubt) => doubt.who.includes(who)),
      ),
    ),
    verdict(
      'the service itself',
      flaws.filter(({ endpoint }) => endpoint === 'token'),
      doubts.filter((doubt) => doubt.who.includes('the service itself')),
    ),
  ];
}

function verdict(who: SignInVerdict['who'], flaws: readonly Flaw[], doubts: readonly Doubt[]): SignInVerdict {
  const can = flaws.length > 0 ? 'no' : doubts.length > 0 ? 'not stated' : 'yes';
  return {
    ...{ who, can },
    because: [...flaws.map(({ problem }) => problem), ...doubts.map(({ because }) => because)],
    ask: [...flaws, ...doubts].map(({ ask }) => ask),
  };
}

/** The addresses that a secret would be sent to, judged as a launch judges them. */
function addressFlaws(said: StatedConfiguration): Flaw[] {
  return endpointNames.flatMap(([endpoint, name]) => {
    const address = said[endpoint];
    if (address === undefined) return [];
    try {
      safeEndpoint('', address, name);
      return [];
    } catch {
      return [
        { endpoint, problem: `its ${name} is no https address`, ask: `Ask for the ${name} as an https address.` },
      ];
    }
  });
}

function doubtsOf(said: StatedConfiguration, { appAuth = 'public', clientId }: SignInSetting): Doubt[] {
  const lists = (capability: string) => said.capabilities.includes(capability);
  const method = { public: undefined, secret: 'client_secret_basic', key: 'private_key_jwt' }[appAuth];
  const proof = {
    public: 'client-public',
    secret: 'client-confidential-symmetric',
    key: 'client-confidential-asymmetric',
  };
  const doubts: (Doubt | undefined)[] = [
    lists('launch-ehr')
      ? undefined
      : {
          who: [everybody[0]],
          because: 'launch-ehr is not listed',
          ask: 'Ask whether apps can be opened from a chart (launch-ehr).',
        },
    lists('launch-standalone')
      ? undefined
      : {
          who: [everybody[1]],
          because: 'launch-standalone is not listed',
          ask: 'Ask whether patients can open apps by themselves (launch-standalone).',
        },
    lists('sso-openid-connect')
      ? undefined
      : {
          who: everybody,
          because: 'sso-openid-connect is not listed',
          ask: 'Ask for id_tokens with fhirUser (sso-openid-connect, scopes openid fhirUser).',
        },
    said.scopes === undefined || said.scopes.includes('fhirUser')
      ? undefined
      : {
          who: everybody,
          because: 'the scope fhirUser is not listed',
          ask: 'Ask for the scope fhirUser, by which we know who signs in.',
        },
    lists(proof[appAuth]) || (method !== undefined && said.authMethods?.includes(method) === true)
      ? undefined
      : {
          who: everybody,
          because: `${proof[appAuth]} is not listed, which appAuth "${appAuth}" needs`,
          ask: 'Ask how an app proves who it is there, and set appAuth to it.',
        },
    clientId === undefined
      ? { who: everybody, because: 'the tenant has no clientId', ask: 'Register the app, and name it in clientId.' }
      : undefined,
    lists('client-confidential-asymmetric') || said.authMethods?.includes('private_key_jwt') === true
      ? undefined
      : {
          who: ['the service itself'],
          because: 'private_key_jwt is not listed',
          ask: 'Ask for SMART backend services: client_credentials with private_key_jwt.',
        },
    said.signingAlgorithms === undefined || said.signingAlgorithms.includes('ES384')
      ? undefined
      : {
          who: ['the service itself', ...(appAuth === 'key' ? everybody : [])],
          because: 'ES384 is not listed for assertions',
          ask: 'Ask for ES384, by which our assertions are signed.',
        },
  ];
  return doubts.filter((doubt) => doubt !== undefined);
}
