import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/**
 * `node:util` parseArgs, strict, with `--json` always known.
 * @throws UsageError naming the option that doesn't fit.
 */
export function parseOptions<const O extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: O,
  positionals = false,
) {
  try {
    return parseArgs({
      args: [...argv],
      options: { ...options, json: { type: 'boolean', default: false } },
      allowPositionals: positionals,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
