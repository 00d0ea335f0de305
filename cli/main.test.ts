import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realSleep } from '../harness/clock.ts';
import type { ReportModel } from '../report/report-model.ts';
import { parseXml } from '../report/testing/parse-xml.ts';
import { Workbench } from './testing/run-seatrial.ts';

const bench = new Workbench();

/** Looks until there is something. The test's own limit is the patience. */
async function until(look: () => string | undefined): Promise<string> {
  for (;;) {
    const found = look();
    if (found !== undefined && found !== '') return found;
    await realSleep(20);
  }
}

describe('a command line that is wrong', () => {
  const wrong: [string, string[], RegExp][] = [
    ['an unknown command', ['sail'], /unknown command 'sail'/],
    ['an unknown option', ['run', 'x.ts', '--fast'], /unknown option '--fast'/],
    ['no trial file', ['run'], /missing required argument 'trial file'/],
    ['no history', ['check'], /missing required argument 'histories'/],
    ['no history to show', ['report'], /missing required argument 'history'/],
    ['too many files', ['run', 'a.ts', 'b.ts'], /too many arguments/],
    ['a speed of zero', ['run', 'x.ts', '--speed', '0'], /--speed.*Give a number above 0/],
    [
      'a speed that is no number',
      ['run', 'x.ts', '--speed', 'fast'],
      /--speed.*Give a number above 0/,
    ],
    ['a foreign token', ['run', 'x.ts', '--replay', 'abc'], /--replay.*it is not a replay token/],
    [
      'a token of another version',
      ['run', 'x.ts', '--replay', 'st9.abc'],
      /another version of seatrial/,
    ],
    ['seed and token', ['run', 'x.ts', '--seed', 'a', '--replay', 'st1.a'], /cannot be used with/],
    ['an odd seed', ['serve', '--seed', 'a b'], /--seed.*Give up to 64/],
    ['odd ports', ['serve', '--ports', 'erp:1'], /--ports.*Give them like/],
    ['a port too high', ['serve', '--ports', 'erp=70000'], /--ports.*Give them like/],
    ['a system twice', ['serve', '--ports', 'erp=1,erp=2'], /erp is given twice/],
    ['a port twice', ['serve', '--ports', 'erp=4000,wms=4000'], /Port 4000 is given twice/],
    ['an odd duration', ['serve', '--workload', '1', '--over', 'soon'], /--over.*Give a duration/],
    ['half an order', ['serve', '--workload', '0.5'], /--workload.*Give a whole number/],
    ['an odd URL', ['serve', '--webhooks', 'localhost:1'], /--webhooks.*Give a URL/],
    ['no value', ['run', 'x.ts', '--seed'], /argument missing/],
  ];
  it.each(wrong)('names the mistake and could not run: %s', async (_name, words, message) => {
    const { code, stdout, stderr } = await bench.run(...words);
    expect(stderr).toMatch(message);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('shows help with examples for every command, and exit code 0', async () => {
    for (const command of ['run', 'serve', 'check', 'report', 'init', 'doctor', 'rehearse']) {
      const { code, stdout } = await bench.run(command, '--help');
      expect([command, code]).toEqual([command, 0]);
      expect(stdout).toContain('Examples:');
      expect(stdout).toContain(command === 'rehearse' ? 'npm start' : `$ seatrial ${command}`);
    }
  });

  it('shows the commands when none is named', async () => {
    const { code, stderr } = await bench.run();
    expect(code).toBe(3);
    expect(stderr).toContain('Commands:');
  });
});

describe('a trial file that is wrong', () => {
  const define = `import { defineTrial, duplicate, procureToPay } from 'seatrial';\n`;
  const wrong: [string, string | undefined, RegExp][] = [
    ['not there', undefined, /trial .*\/not-there\.ts: there is no such file/],
    ['no default export', 'export const a = 1;', /has no default export/],
    ['not a trial', 'export default { name: "x" };', /default export is not a trial/],
    ['null', 'export default null;', /default export is not a trial/],
    [
      'throws',
      'const a: any = null;\n\nexport default a.b;',
      /throws\.ts:3:\d+: Cannot read properties of null/,
    ],
    ['throws a text', 'throw "no luck";', /throws-a-text\.ts: no luck/],
    ['bad syntax', 'export default {\n  a b c\n};', /bad-syntax\.ts:2/],
    ['bad types', 'enum A { B }\nexport default A;', /bad-types\.ts.*enum/],
    ['missing module', 'import "./nowhere.ts";', /missing-module\.ts.*Cannot find module/],
    [
      'unknown field',
      `${define}export default defineTrial({ nam: 'x' } as never);`,
      /unknown-field\.ts:2:\d+: nam is not a field/,
    ],
    [
      'a fault',
      `${define}duplicate('wms -> integration', { rate: 5 });`,
      /a-fault\.ts:2:\d+: .*rate must be a number from 0 to 1/,
    ],
  ];
  it.each(wrong)('says where and what, without a stack: %s', async (name, text, message) => {
    const file = `${name.replaceAll(' ', '-')}.ts`;
    if (text !== undefined) bench.file(file, text);
    const { code, stdout, stderr } = await bench.run('run', file, '--integration', 'node x.js');
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('never ends loading', async () => {
    bench.file('endless.ts', 'await new Promise(() => {});');
    const { code, stderr } = await bench.run('run', 'endless.ts');
    expect([code, stderr]).toEqual([3, expect.stringContaining('can never come')]);
  });

  it('is a folder', async () => {
    expect(await bench.run('run', '.')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('it is not a file'),
    });
  });

  it('shows the stack when asked', async () => {
    bench.file('boom.ts', 'throw new Error("boom");');
    const { stderr } = await bench.start(['run', 'boom.ts'], { SEATRIAL_DEBUG: '1' }).ended;
    expect(stderr).toMatch(/boom[^]*^\s+at /m);
  });
});

describe('seatrial run', () => {
  it('ends with the verdict as its exit code, and prints the report', async () => {
    const sound = await bench.run('run', bench.notesTrial('sound.ts'));
    expect(sound.stderr).not.toContain('seatrial:');
    expect([sound.code, sound.stdout]).toEqual([0, expect.stringContaining('✔ HOLDS')]);
    const naive = await bench.run('run', bench.notesTrial('naive.ts', { looksFirst: false }));
    expect([naive.code, naive.stdout]).toEqual([1, expect.stringContaining('✘ VIOLATED')]);
    expect(naive.stdout).toContain('seatrial run naive.ts --replay st1.a');
    const idle = await bench.run('run', bench.notesTrial('idle.ts', { more: 'notes: 0,' }));
    expect([idle.code, idle.stdout]).toEqual([2, expect.stringContaining('? UNKNOWN')]);
    expect(naive.stdout).not.toContain('\u001b');
  });

  it('writes JSON, JUnit and the history; the history is judged the same again', async () => {
    const trial = bench.notesTrial('written.ts', { looksFirst: false });
    const words = [
      '--json',
      'out.json',
      '--junit',
      'out.xml',
      '--history',
      'out.ndjson',
      '--quiet',
    ];
    const ran = await bench.run('run', trial, ...words);
    expect(ran.stdout).toMatch(/^violated: notes \(.*; replay st1\.a\)\n$/);
    expect(ran.stderr).toBe('');
    const read = (name: string): string => readFileSync(join(bench.folder, name), 'utf8');
    const model = JSON.parse(read('out.json')) as ReportModel;
    expect(parseXml(read('out.xml')).children[0]?.attributes['failures']).toBe('1');

    const unknown = await bench.run('check', 'out.ndjson');
    expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('--trial')]);
    const checked = await bench.run('check', 'out.ndjson', '--trial', trial, '--json', '--quiet');
    expect(checked.code).toBe(1);
    const { output: _, ...expected } = model;
    expect(JSON.parse(checked.stdout)).toEqual(expected);
  });

  it('keeps standard output clean for a program', async () => {
    const { stdout, stderr } = await bench.run('run', bench.notesTrial('piped.ts'), '--json', '-');
    expect((JSON.parse(stdout) as ReportModel).verdict).toBe('holds');
    expect(stderr).toContain('HOLDS');
  });

  it('repeats a run by its token, and another seed is another run', async () => {
    const trial = bench.notesTrial('again.ts', { looksFirst: false });
    const outputs = async (...words: string[]): Promise<string> =>
      (await bench.run('run', trial, ...words)).stdout;
    expect(await outputs('--replay', 'st1.b')).toBe(await outputs('--seed', 'b'));
    expect(await outputs('--seed', 'b')).not.toBe(await outputs('--seed', 'c'));
  });

  it('says why an integration did not come up', async () => {
    const trial = bench.notesTrial('down.ts');
    const { code, stderr } = await bench.run(
      'run',
      trial,
      '--integration',
      'echo no database; exit 4',
    );
    expect([code, stderr]).toEqual([3, expect.stringMatching(/exit code 4[^]*no database/)]);
    const url = await bench.run('run', trial, '--integration', 'http://127.0.0.1:9');
    expect([url.code, url.stderr]).toEqual([3, expect.stringContaining('--ports is missing')]);
  });

  it('says why a file cannot be written', async () => {
    const trial = bench.notesTrial('unwritable.ts');
    for (const option of ['--json', '--junit', '--history']) {
      const { code, stderr } = await bench.run('run', trial, option, 'no/such/folder');
      expect([option, code, stderr]).toEqual([
        option,
        3,
        expect.stringContaining('no such file or'),
      ]);
    }
  });

  it('ends cleanly when it is interrupted', async () => {
    const more = "integration: 'sleep 30',";
    const run = bench.start(['run', bench.notesTrial('slow.ts', { more })]);
    await realSleep(1500);
    run.signal('SIGINT');
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([3, expect.stringContaining('interrupted')]);
  });
});

describe('seatrial check', () => {
  it('names file and line of what is no history', async () => {
    bench.file('foreign.ndjson', '{"a":1}\n');
    const foreign = await bench.run('check', 'foreign.ndjson');
    expect([foreign.code, foreign.stderr]).toEqual([
      3,
      expect.stringMatching(/foreign\.ndjson:1: .*no header/),
    ]);
    expect((await bench.run('check', 'nowhere.ndjson')).stderr).toContain('there is no such file');
  });

  it('doubts a history that ends early', async () => {
    const trial = bench.notesTrial('early.ts');
    await bench.run('run', trial, '--history', 'whole.ndjson');
    const lines = readFileSync(join(bench.folder, 'whole.ndjson'), 'utf8').split('\n');
    bench.file('early.ndjson', `${lines.slice(0, -2).join('\n')}\n`);
    const { code, stdout } = await bench.run('check', 'early.ndjson', '--trial', trial);
    expect([code, stdout]).toEqual([2, expect.stringContaining('ends before the trial did')]);
  });
});

describe('seatrial report', () => {
  const pageOf = (folder: string): string =>
    readFileSync(join(bench.folder, folder, 'index.html'), 'utf8');

  it('makes the page that the run made, and leaves judging to others', async () => {
    const trial = bench.notesTrial('shown.ts', { looksFirst: false });
    const words = ['--seed', 'a', '--history', 'shown.ndjson', '--report', 'deep/shown'];
    const ran = await bench.run('run', trial, ...words);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('deep/shown/index.html')]);
    const told = await bench.run('report', 'shown.ndjson', '--trial', trial);
    expect([told.code, told.stderr]).toEqual([0, '']);
    expect(told.stdout).toMatch(/violated: .*\npage: seatrial-report\/index\.html\n/);
    const body = (page: string): string => page.slice(page.indexOf('<body>'));
    expect(body(pageOf('seatrial-report')) === body(pageOf('deep/shown'))).toBe(true);
  });

  it('says why there is no page', async () => {
    const nowhere = await bench.run('report', 'nowhere.ndjson');
    expect([nowhere.code, nowhere.stderr]).toEqual([
      3,
      expect.stringContaining('there is no such file'),
    ]);
    bench.file('taken', 'a file');
    const trial = bench.notesTrial('taken.ts');
    const taken = await bench.run('run', trial, '--report', 'taken');
    expect([taken.code, taken.stderr]).toEqual([3, expect.stringContaining('write the page')]);
  });
});

describe('seatrial init', () => {
  it('writes a trial that loads, and overwrites nothing', async () => {
    const first = await bench.run('init', 'new/trials');
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('seatrial run new/trials/first.ts');
    expect(readdirSync(join(bench.folder, 'new/trials')).toSorted()).toEqual([
      'README.md',
      'first.ts',
    ]);
    const ran = await bench.run('run', 'new/trials/first.ts', '--integration', 'exit 5');
    expect(ran.stderr).toContain('exit code 5');
    const again = await bench.run('init', 'new/trials');
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('it is there already')]);
  });

  it('writes nothing when a part of it is there', async () => {
    bench.file('half/README.md', 'mine');
    expect((await bench.run('init', 'half')).code).toBe(3);
    expect(existsSync(join(bench.folder, 'half/first.ts'))).toBe(false);
    expect(readFileSync(join(bench.folder, 'half/README.md'), 'utf8')).toBe('mine');
  });
});

describe('seatrial doctor', () => {
  it('never fails for what is missing, and names the remedy', async () => {
    const bare = bench.start(['doctor'], { PATH: '/nowhere', TOXIPROXY_URL: 'http://127.0.0.1:9' });
    const { code, stdout } = await bare.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/✔ +node +\d+\.\d+/);
    for (const tool of ['docker', 'toxiproxy-server', 'k6', 'chromium', 'TOXIPROXY_URL']) {
      expect(stdout).toMatch(new RegExp(`- +${tool} +not found`));
    }
    expect(stdout).toContain('go install');
  });

  it('finds what is there, with its version', async () => {
    const k6 = bench.file('bin/k6', '#!/bin/sh\necho "k6 v1.8.1 (go1.24, linux/amd64)"\n');
    await import('node:fs/promises').then(({ chmod }) => chmod(k6, 0o755));
    const { stdout } = await bench.start(['doctor', '--json'], { PATH: join(bench.folder, 'bin') })
      .ended;
    const found = JSON.parse(stdout) as { tool: string; found: boolean; version?: string }[];
    expect(found.find(({ tool }) => tool === 'k6')).toMatchObject({
      found: true,
      version: '1.8.1',
    });
  });
});

describe('seatrial serve', () => {
  it('stands a landscape up, hands out tokens as it says, and stops when asked', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const serving = bench.start([
        'serve',
        '--seed',
        'demo',
        '--quiet',
        '--workload',
        '3',
        '--over',
        '5s',
      ]);
      const said = await serving.saying('curl');
      const [, url, id, secret] = /curl -s (\S+) -u ([^:]+):(\S+)/.exec(said) ?? [];
      const reply = await fetch(url as string, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      expect(reply.status).toBe(200);
      expect(await reply.json()).toMatchObject({ access_token: expect.any(String) });
      serving.signal(signal);
      const { code, stdout, stderr } = await serving.ended;
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/Stopped after \d+ document versions, 1 exchanges/);
    }
  });

  it('opens the control API and the console, and keeps the token to a file when asked', async () => {
    const file = join(bench.folder, 'token');
    const serving = bench.start(['serve', '--console', '--control-token-file', 'token', '--quiet']);
    await serving.saying('curl');
    const token = await until(() => (existsSync(file) ? readFileSync(file, 'utf8').trim() : ''));
    expect(statSync(file).mode & 0o077).toBe(0);
    const url = await until(() => /SEATRIAL_CONTROL_URL=(\S+)\n/.exec(serving.complaints())?.[1]);
    expect(serving.complaints()).not.toContain(token);
    expect((await fetch(`${url}/console`)).status).toBe(200);
    expect((await fetch(`${url}/v1/landscapes`)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    const { items } = (await (await fetch(`${url}/v1/landscapes`, { headers })).json()) as {
      items: { id: string }[];
    };
    expect(items.map(({ id }) => id)).toEqual(['main']);
    serving.signal('SIGTERM');
    expect((await serving.ended).code).toBe(0);
  });

  it('serves the control API alone, with a token of the environment', async () => {
    const serving = bench.start(['serve', '--bare'], { SEATRIAL_CONTROL_TOKEN: 'mine' });
    const url = await until(() => /SEATRIAL_CONTROL_URL=(\S+)\n/.exec(serving.complaints())?.[1]);
    const reply = await fetch(`${url}/v1/landscapes`, {
      headers: { authorization: 'Bearer mine' },
    });
    expect(await reply.json()).toEqual({ items: [] });
    serving.signal('SIGINT');
    expect((await serving.ended).code).toBe(0);
  });

  it('has the same secrets for the same seed', async () => {
    const secretsOf = async (): Promise<string[]> => {
      const serving = bench.start(['serve', '--seed', 'demo']);
      const said = await serving.saying('curl');
      serving.signal('SIGTERM');
      await serving.ended;
      return [...said.matchAll(/client secret +(\S+)/g)].map((match) => match[1] as string);
    };
    const secrets = await secretsOf();
    expect(new Set(secrets).size).toBe(3);
    expect(await secretsOf()).toEqual(secrets);
  });

  it.each([
    ['SIGTERM', []],
    ['SIGKILL', ['the history ends before the trial did']],
  ] as const)(
    'leaves a history behind that is whole unless it was killed: %s',
    async (signal, doubts) => {
      const serving = bench.start(['serve', '--data', signal]);
      const said = await serving.saying('curl');
      // Answered means kept.
      await fetch(/token +(\S+)/.exec(said)?.[1] as string, { method: 'POST' });
      serving.signal(signal);
      await serving.ended;
      const { stdout } = await bench.run('check', signal, '--json', '-', '--quiet');
      expect(JSON.parse(stdout).doubts).toEqual(doubts);
    },
  );

  it('says that a port is in use, and which systems there are', async () => {
    const serving = bench.start(['serve', '--ports', 'erp=0']);
    const port = /erp[^]*?API +http:\/\/127\.0\.0\.1:(\d+)/.exec(await serving.saying('curl'))?.[1];
    const second = await bench.run('serve', '--ports', `erp=${port}`);
    expect([second.code, second.stderr]).toEqual([
      3,
      expect.stringContaining('the port is in use'),
    ]);
    serving.signal('SIGTERM');
    await serving.ended;
    const crm = await bench.run('serve', '--ports', 'crm=4000');
    expect([crm.code, crm.stderr]).toEqual([3, expect.stringContaining('procurement, erp, wms')]);
  });
});
