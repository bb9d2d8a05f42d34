import fc from 'fast-check';

/**
 * fast-check, with the seed of TEST_SEED where that is set (CI does, and prints it). Otherwise the seed is random, and
 * fast-check says it with what failed; a test that names its own seed keeps it.
 */
const seed = process.env.TEST_SEED;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

export default fc;
