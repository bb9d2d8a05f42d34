import { type Config, readConfig } from '../config/read-config.ts';

/**
 * The settings by which a command finds this service, as they are written before it in a shell: `PORT=4100 DATA_DIR=/srv/data `; empty
 * where all of them are the usual ones. Where its data are is said whole, for whoever types it may be in another folder.
 */
export function settingsAsGiven({ port, host, dataDir, publicUrl }: Config): string {
  const usual = readConfig({});
  const address = { PORT: String(port), HOST: host };
  const differ = {
    ...(port === usual.port ? {} : { PORT: address.PORT }),
    ...(host === usual.host ? {} : { HOST: address.HOST }),
    ...(publicUrl === readConfig(address).publicUrl ? {} : { PUBLIC_URL: publicUrl }),
    ...(dataDir === usual.dataDir ? {} : { DATA_DIR: dataDir }),
  };
  return Object.entries(differ)
    .map(([name, value]) => `${name}=${inShell(value)} `)
    .join('');
}

/** A word of a shell, whatever it holds. */
function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
