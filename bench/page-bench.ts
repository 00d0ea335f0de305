/**
 * The report page of 100,000 records: how long it takes to make from a history in memory (judging
 * included), and how long Chromium takes from opening the file until the verdict is painted and the
 * script has run. Without a Chromium only the first is measured.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { judgeHistory } from '../cli/judge-history.ts';
import { writePage } from '../cli/write-page.ts';
import { stopwatch } from '../harness/clock.ts';
import { procureToPay } from '../index.ts';
import { openChromium } from '../report/page/testing/chromium.ts';
import { type Bench, type Figure, atMost, reported } from './figure.ts';
import { syntheticHistory } from './synthetic-history.ts';

const header = {
  trial: 'a synthetic history',
  workload: 'procure-to-pay',
  seed: 'bench',
  token: 'st1.bench',
  integration: 'sound',
  faults: [],
};

export const pageBench: Bench = async ({ short }): Promise<Figure[]> => {
  const { records } = syntheticHistory(short ? 10_000 : 100_000);
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-page-'));
  try {
    const workload = procureToPay({ purchaseOrders: 1, over: '1s' });
    const elapsedMs = stopwatch();
    const recording = { header, [Symbol.iterator]: () => records[Symbol.iterator]() };
    const judged = judgeHistory(recording, workload);
    const { flows, states = [] } = workload;
    const path = await writePage({ ...judged, flows, states }, '.', folder);
    const madeMs = elapsedMs();
    const megabytes = statSync(path).size / 1e6;
    return [
      atMost('page', madeMs / 1000, 5, 's to make'),
      ...(await opened(path)),
      reported('page-size', megabytes, 'MB'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The fastest of three: others on the machine only ever slow it down. */
async function opened(path: string): Promise<Figure[]> {
  const browser = await openChromium();
  if (browser === undefined) return [];
  try {
    let openMs = Number.POSITIVE_INFINITY;
    let foundMs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const page = await browser.newPage();
      const opening = stopwatch();
      await page.goto(pathToFileURL(path).href);
      await page.locator('html[data-ready]').waitFor();
      openMs = Math.min(openMs, opening());
      const finding = stopwatch();
      await page.getByRole('combobox').fill('PO-0000042');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('#journey-of').waitFor();
      foundMs = Math.min(foundMs, finding());
      await page.close();
    }
    return [
      atMost('page-opens', openMs / 1000, 2, 's to open in Chromium'),
      reported('page-finds', foundMs / 1000, 's from typing a number to its journey'),
    ];
  } finally {
    await browser.close();
  }
}
