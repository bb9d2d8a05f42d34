import { launchChromium } from './launch-chromium.ts';

/** Starts the browser once for all files: the first start unpacks it, and two at a time would write over each other. */
export default async function unpackChromium(): Promise<void> {
  const browser = await launchChromium();
  await browser.close();
}
