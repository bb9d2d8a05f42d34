// Starts the service alone, on the Node of the host: what a production install runs (`npm run start:service`).
import { neededNode, nodeFits } from './node-that-fits.mjs';

if (nodeFits()) await import(new URL('../src/service.ts', import.meta.url).href);
else {
  console.error(
    `intersession: the service needs Node ${neededNode().join('.')} or newer; this is ${process.versions.node}`,
  );
  process.exit(1);
}
