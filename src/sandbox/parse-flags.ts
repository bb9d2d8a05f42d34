import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTraits, type TraitName, traits } from './traits.ts';
import { vendorNames } from './vendors/registry.ts';

/** What the sandbox is started with. */
export interface SandboxOptions {
  port: number;
  host: string;
  /** The authorization servers' own port; default: the next one, or any when `port` is 0. */
  authPort?: number;
  /** The service's DATA_DIR; this process keeps its files in `<dataDir>/sandbox`. */
  dataDir: string;
  /** Where the homework service answers: its keys are at `<serviceUrl>/.well-known/jwks.json`. */
  serviceUrl: string;
  /** How long a token that a person authorized holds; default 300. */
  tokenSeconds?: number;
  /** Stands for this vendor's EHR alone; default: the two faces of no vendor. */
  vendor?: string;
  /** Ways of real EHRs that every face has from the start; default none. */
  traits?: readonly TraitName[];
}

/** The text of `--help`. */
export const usage = `Sandbox EHR: a FHIR R4 server with two faces (or one vendor's), its authorization server and a chart page.

  --port N            port to listen on (default 4001; 0 = any)
  --auth-port N       port of the authorization server (default the next one; 0 = any)
  --host NAME         address to listen on (default 127.0.0.1)
  --data-dir PATH     data folder; files go to PATH/sandbox (default ./.data)
  --service-url URL   the homework service, for its keys and launches (default http://127.0.0.1:4000)
  --token-seconds N   how long a token that a person authorized holds (default 300)
  --vendor NAME       stand for this vendor's EHR: ${vendorNames.join(', ')}
  --traits LIST       have these ways of real EHRs, separated by commas; all = every one:
${Object.entries(traits)
  .map(([name, does]) => `                        ${name}: ${does}`)
  .join('\n')}
  --help              this text
`;

/**
 * Reads the command line.
 * @returns undefined when help was asked for
 * @throws Error with one line that names the flag
 */
export function parseFlags(argv: readonly string[]): SandboxOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: '4001' },
      'auth-port': { type: 'string' },
      'token-seconds': { type: 'string', default: '300' },
      host: { type: 'string', default: '127.0.0.1' },
      'data-dir': { type: 'string', default: './.data' },
      'service-url': { type: 'string', default: 'http://127.0.0.1:4000' },
      vendor: { type: 'string' },
      traits: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const port = portOf('--port', values.port);
  const authPort = values['auth-port'] === undefined ? undefined : portOf('--auth-port', values['auth-port']);
  const tokenSeconds = Number(values['token-seconds']);
  if (!/^[1-9]\d{0,4}$/.test(values['token-seconds'])) {
    throw new Error('--token-seconds must be a number from 1 to 99999');
  }
  const { vendor } = values;
  if (vendor !== undefined && !vendorNames.includes(vendor)) {
    throw new Error(`--vendor must be one of ${vendorNames.join(', ')}`);
  }
  const own = values.traits === undefined ? undefined : traitsOf(values.traits);
  if (values.host === '') throw new Error('--host must not be empty');
  if (values['data-dir'] === '') throw new Error('--data-dir must not be empty');
  const serviceUrl = URL.parse(values['service-url']);
  if (serviceUrl === null || !/^https?:$/.test(serviceUrl.protocol))
    throw new Error('--service-url must be an http(s) URL');
  return {
    ...{
      port,
      host: values.host,
      dataDir: resolve(values['data-dir']),
      serviceUrl: values['service-url'],
      tokenSeconds,
    },
    ...(authPort === undefined ? {} : { authPort }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(own === undefined ? {} : { traits: own }),
  };
}

function portOf(flag: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error(`${flag} must be a number from 0 to 65535`);
  return Number(text);
}

function traitsOf(text: string): TraitName[] {
  try {
    return parseTraits(text);
  } catch (error) {
    throw new Error(`--traits: ${(error as Error).message}`);
  }
}
