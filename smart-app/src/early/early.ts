import { beginEarly } from './early-answer.ts';

// comes with the document and runs before the app itself is there; whatever is wrong, the app finds and tells
try {
  beginEarly();
} catch {
  // a browser that lets nothing be stored
}
