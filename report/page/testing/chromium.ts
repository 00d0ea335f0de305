/** A headless Chromium, where the machine has one. Tests that look at pages are skipped without it. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env['SEATRIAL_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Where Chromium is; undefined when there is none. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place));

export async function openChromium(): Promise<Browser | undefined> {
  if (chromiumPath === undefined) return undefined;
  // A container has no user namespaces for the sandbox, and the pages are our own.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}
