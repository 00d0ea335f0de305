/** The console as somebody sees it: headless Chromium at a real server. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleAssets } from '../report/console/assets.ts';
import { chromiumPath, openChromium } from '../report/page/testing/chromium.ts';
import { ControlBench } from './testing/control-bench.ts';

if (chromiumPath === undefined) {
  test.skip('the console in a browser: there is no Chromium here (apt-get install chromium)');
}

describe.skipIf(chromiumPath === undefined)('the console in a browser', () => {
  const bench = new ControlBench();
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    await bench.open(consoleAssets());
    const workload = { purchaseOrders: 4, over: '20s' };
    await bench.get('POST', '/v1/landscapes', { id: 'looked-at', seed: 'a', workload });
    await bench.get('POST', '/v1/landscapes/looked-at/workload');
    browser = (await openChromium()) as Browser;
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text());
    });
    await page.goto(bench.server.consoleUrl);
    await page.waitForSelector('#link[data-state=live]');
  });
  afterAll(async () => {
    await browser.close();
    await bench.close();
  });

  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  /** What axe finds that somebody could stumble over. */
  async function barriers(): Promise<string[]> {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
  }
  const faults = () => bench.get('GET', '/v1/landscapes/looked-at/faults');
  const clock = () => bench.get('GET', '/v1/landscapes/looked-at/clock');

  test('takes the token out of the address, and keeps it over a reload', async () => {
    expect(page.url()).toBe(`${bench.server.url}/console`);
    await page.reload();
    await page.waitForSelector('#link[data-state=live]');
    expect(await page.context().cookies()).toEqual([]);
  });

  test('shows systems, counts, charts, story and promises as they grow', async () => {
    await page.waitForSelector('#story li');
    await page.waitForSelector('.promises:not([hidden])');
    await page.waitForSelector('#chart-flight svg');
    expect(await page.locator('.system h3').allInnerTexts()).toEqual([
      'procurement plain',
      'erp plain',
      'wms plain',
    ]);
    expect(await text('#counts')).toMatch(/document versions\n[1-9]/);
    expect(await text('#verdict-text')).toBe('nothing broken so far');
  });

  test('injects a fault and heals it, by the keyboard alone', async () => {
    await page.selectOption('#fault-kind', { label: 'Outage' });
    await page.selectOption('#fault-system', 'wms');
    await page.focus('#inject button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#faults tr');
    const { link } = (await faults()).faults[0];
    expect(link).toBe('integration -> wms');
    await page.focus('#faults button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#faults tr.healed');
    expect((await faults()).faults[0].healed).toBe(true);
  });

  test('stops the clock, steps it, lets it go on', async () => {
    await page.focus('#main');
    await page.keyboard.press('p');
    await page.waitForSelector('#pause[data-paused=true]');
    const { now } = await clock();
    await page.selectOption('#step-by', '10s');
    await page.click('#step');
    await page.waitForSelector('text=Stepped by 10s.');
    expect((await clock()).now).toBe(now + 10_000);
    await page.click('#pause');
    await page.waitForSelector('#pause[data-paused=false]');
    expect((await clock()).paused).toBe(false);
  });

  test('what the data says stays text, and what the server refuses is shown', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    await bench.get('POST', '/v1/landscapes/looked-at/faults', {
      kind: 'latency',
      link: 'integration -> erp',
      options: { latency: 1, label: evil.replaceAll(' ', '/') },
    });
    await page.waitForSelector('#faults tr:nth-child(2)');
    expect(await text('#faults tr:nth-child(2) th')).toContain('<img/src=x');
    expect(await page.locator('main img').count()).toBe(0);
    await page.fill('#fault-rate', '1');
    await page.evaluate(() => {
      const option = document.createElement('option');
      option.textContent = 'moon';
      (document.querySelector('#fault-system') as HTMLSelectElement).replaceChildren(option);
    });
    await page.click('#inject button');
    await page.waitForSelector('.toast.wrong >> text=is no link of this landscape');
    expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);
  });

  test('has a name for every control, and one place for the eye in light and dark', async () => {
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input, select')]
        .filter((each) => {
          const labelled = 'labels' in each ? [...((each.labels as NodeList | null) ?? [])] : [];
          return !each.ariaLabel && !each.innerText.trim() && labelled.length === 0;
        })
        .map(({ id }) => id),
    );
    expect(nameless).toEqual([]);
    const folder = process.env['SEATRIAL_SCREENSHOTS'];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      expect(await barriers()).toEqual([]);
      const shot = await page.screenshot({ fullPage: true });
      if (folder !== undefined) writeFileSync(`${folder}/console-${colorScheme}.png`, shot);
    }
    await page.setViewportSize({ width: 400, height: 800 });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    if (folder !== undefined)
      await page.screenshot({ path: `${folder}/console-narrow.png`, fullPage: true });
  });

  test('asks for a token where it has none, and takes a landscape that is gone in its stride', async () => {
    await bench.call('DELETE', '/v1/landscapes/looked-at');
    await page.waitForSelector('#link[data-state=waiting] >> text=no landscape yet');
    const stranger = await browser.newPage();
    await stranger.goto(`${bench.server.url}/console`);
    await stranger.fill('#token', 'wrong');
    await stranger.press('#token', 'Enter');
    await stranger.waitForSelector('#ask:not([hidden])');
    expect(await stranger.locator('#link-text').innerText()).toBe('token needed');
  });
});
