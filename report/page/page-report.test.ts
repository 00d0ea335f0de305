import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageReport } from './page-report.ts';
import { chromiumPath, openChromium } from './testing/chromium.ts';
import { orderSource } from './testing/order-history.ts';
import { temporaryFolder } from '../../harness/testing/temporary-folder.ts';

const hostileName = '<script>alert("pwned")</script></script><!--';
const hostileKey = 'O-1"><img src=x onerror=alert(1)>';

const withoutScripts = (page: string): string => page.replaceAll(/<script[\s\S]*?<\/script>/g, '');

describe('the page as text', () => {
  it('is one file that asks nobody for anything', async () => {
    const page = await pageReport(orderSource());
    const markup = withoutScripts(page);
    expect(markup.match(/default-src &#39;none&#39;/)).not.toBeNull();
    expect(markup.match(/<(link|iframe|object|embed|base|img|source)\b/)).toBeNull();
    expect(page.match(/<script\b[^>]*\bsrc\b/)).toBeNull();
    expect(markup.match(/\b(?:href|action)="(?!#)/)).toBeNull();
  });

  it('holds verdict, promises, faults, flows and story without any script', async () => {
    const page = withoutScripts(await pageReport(orderSource()));
    const texts = [
      'Promises were broken',
      'order-to-ledger/no-duplicates',
      'O-1 is in the ledger twice.',
      'ledger committed L-2 of Miller.',
      'loseResponse',
      'never',
      'seatrial run orders.ts',
    ];
    expect(texts.filter((text) => !page.includes(text))).toEqual([]);
  });

  it('has as many elements whatever the documents are called', async () => {
    const elements = (page: string): string[] => page.match(/<\/?[a-z!][a-z0-9-]*/gi) ?? [];
    const plain = await pageReport(orderSource('Miller', 'O-1'));
    const hostile = await pageReport(orderSource(hostileName, hostileKey));
    expect(elements(hostile)).toEqual(elements(plain));
  });

  it('says what was not exercised, and calls a history without violations calm', async () => {
    const source = orderSource();
    const verdict = { ...source.verdict, status: 'holds', invariants: [] } as const;
    const page = await pageReport({ ...source, verdict });
    expect(page.includes('Every promise holds')).toBe(true);
    expect(page.includes('No promise was broken.')).toBe(true);
  });
});

if (chromiumPath === undefined) {
  it.skip('the page in a browser: there is no Chromium here (apt-get install chromium)');
}

describe.skipIf(chromiumPath === undefined)('the page in a browser', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  afterAll(() => browser?.close());

  /** Opens the page of orders as a file, and notes whatever it complains about or asks for. */
  async function open(
    options: BrowserContextOptions & { supplier?: string; key?: string; hash?: string } = {},
  ): Promise<Page> {
    const { supplier, key, hash = '', ...rest } = options;
    const path = join(folder, 'index.html');
    writeFileSync(path, await pageReport(orderSource(supplier, key)));
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest });
    const page = await context.newPage();
    complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(path).href) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(path).href + hash);
    await page.locator('html[data-ready]').waitFor();
    return page;
  }

  const find = async (page: Page, key: string): Promise<void> => {
    await page.keyboard.press('/');
    await page.keyboard.type(key);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#journey-of').waitFor();
  };

  it('opens from a file, draws its charts, and asks for nothing', async () => {
    const page = await open();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('orders of Miller');
    await page.locator('[data-chart="owed"] svg[role="img"]').waitFor();
    await page.locator('[data-chart="latency"] svg[role="img"]').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is kept by its policy from asking for anything', async () => {
    const page = await open();
    const outcome = await page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'sent',
        (error: unknown) => String(error),
      ),
    );
    expect(outcome).toContain('TypeError');
    expect(complaints.join()).toContain('Content Security Policy');
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.pwned = "yes"';
      document.body.append(script);
      return document.documentElement.dataset['pwned'];
    });
    expect(ran).toBeUndefined();
  });

  it('draws a violation as a swimlane with what was duplicated, lost and cut', async () => {
    const page = await open();
    const lanes = page.getByRole('list', { name: 'Swimlane of O-1, L-1, L-2' });
    await lanes.waitFor();
    const text = (await lanes.textContent()) ?? '';
    expect(text).toContain('duplicate: copy 2');
    expect(text).toContain('lose response: reset');
    expect(await lanes.locator('.proof').count()).toBe(2);
    const heads = await page.locator('.lane-heads').first().locator('.lane-head').allTextContents();
    expect(heads).toEqual(['Suite', 'Integration', 'Ledger']);
    const differing = page
      .getByRole('table', { name: /promises to agree on/ })
      .locator('.different');
    expect(await differing.allTextContents()).toEqual(['11']);
    expect(await page.getByRole('heading', { name: 'What each side believed' }).count()).toBe(1);
  });

  it('finds a document by the keyboard alone and shows its journey, which has an address', async () => {
    const page = await open();
    await find(page, 'O-2');
    const journey = page.getByRole('table', { name: 'Stages of O-2 by system' });
    const rows = await journey.getByRole('row').allTextContents();
    expect(rows.map((row) => row.replaceAll(/[+\d.]+ s/g, ''))).toEqual([
      'stageSuiteLedger',
      expect.stringMatching(/^OrderOrder O-2v1.*Ledger order L-3v1/),
      expect.stringMatching(/^InvoiceInvoice I-2v1.*posted/),
      expect.stringMatching(/^PaymentPayment P-1v1/),
    ]);
    expect(page.url()).toContain('#journey=O-2');
    const again = await open({ hash: '#journey=I-1' });
    await again.locator('#journey-of').waitFor();
    const text = await again.getByRole('table', { name: 'Stages of I-1' }).textContent();
    expect(text).toContain('O-1');
    expect(text).not.toContain('O-2');
    expect(complaints).toEqual([]);
  });

  it('shows what a version changed', async () => {
    const page = await open({ hash: '#journey=I-1' });
    const invoice = page.locator('.document-card', { hasText: 'I-1' });
    await invoice.locator('summary', { hasText: 'v2' }).click();
    const changes = await invoice.locator('.changes').textContent();
    expect(changes).toBe('statusposted paidpaymentP-1');
  });

  it('says so when there is no such document', async () => {
    const page = await open({ hash: '#journey=O-404' });
    await page.getByText('No document has the number O-404.').waitFor();
  });

  it('keeps a supplier called <script> a name, and so for keys', async () => {
    const page = await open({ supplier: hostileName, key: hostileKey });
    await page.locator('.lane-rows').first().waitFor();
    await find(page, hostileKey);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(4);
    await page.locator('.versions summary').first().click();
    expect(await page.locator('#journey-place pre').first().textContent()).toContain(
      '<script>alert',
    );
    expect(await page.title()).toContain(hostileName);
    expect(complaints).toEqual([]);
  });

  it('filters the promises', async () => {
    const page = await open();
    const rows = page.locator('#promises-list tbody tr:visible');
    expect(await rows.count()).toBe(1);
    await page.getByRole('checkbox', { name: 'Violated' }).uncheck();
    expect(await rows.count()).toBe(0);
    await page.getByRole('checkbox', { name: 'Violated' }).check();
    await page.getByRole('searchbox').fill('no such promise');
    expect(await rows.count()).toBe(0);
    await page.getByText('0 of 1 shown').waitFor();
  });

  const background = (page: Page): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it('is dark when the machine is, light on demand, and always light on paper', async () => {
    const light = await background(await open({ colorScheme: 'light' }));
    const page = await open({ colorScheme: 'dark' });
    const dark = await background(page);
    expect(dark).not.toBe(light);
    await page.getByRole('button', { name: 'Light mode' }).click();
    expect(await background(page)).toBe(light);
    await page.getByRole('button', { name: 'Dark mode' }).click();
    expect(await background(page)).toBe(dark);
    await page.emulateMedia({ media: 'print' });
    expect(await background(page)).toBe('rgb(255, 255, 255)');
  });

  it('prints the report and leaves out what only works on a screen', async () => {
    const page = await open();
    await page.locator('.lane-rows').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: 'Sections' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
    expect(await page.locator('.lane-rows').first().isVisible()).toBe(true);
    const paper = await page.pdf({ format: 'A4' });
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('can be walked through by the keyboard, from the way past the head to the first violation', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    expect(await focused()).toBe('Skip to the report');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    const details = page.locator('details.violation').first();
    await details.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await details.getAttribute('open')).toBeNull();
    await page.keyboard.press('Enter');
    expect(await details.getAttribute('open')).not.toBeNull();
  });

  it('copies the command that replays the trial', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy the replay command' }).first().click();
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "seatrial run orders.ts --integration 'node sync.js' --replay st1.s",
    );
  });

  it.each(['light', 'dark'] as const)(
    'gives screen readers nothing to stumble over (%s)',
    async (colorScheme) => {
      const page = await open({ colorScheme, hash: '#journey=O-1' });
      await page.locator('#journey-of').waitFor();
      await page.locator('[data-chart="latency"] svg[role="img"]').waitFor();
      await page.locator('.lane-rows').first().waitFor();
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
      const broken = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
        const { violations } = await axe.run(document, { resultTypes: ['violations'] });
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        );
      });
      expect(broken).toEqual([]);
    },
  );

  it('fits a narrow screen', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, hash: '#journey=O-1' });
    await page.locator('#journey-of').waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });
});
